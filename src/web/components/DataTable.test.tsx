// @vitest-environment jsdom
import { cleanup, render, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import axe from 'axe-core';
import { afterEach, expect, it, vi } from 'vitest';
import { DataTable, type Column } from './DataTable';

interface Row {
  id: number;
  name: string;
  size: number;
}

const columns: Column<Row>[] = [
  { id: 'name', header: 'Name', sortKey: 'name', cell: (row) => row.name },
  { id: 'size', header: 'Size', numeric: true, cell: (row) => row.size },
];
const rows: Row[] = [
  { id: 1, name: 'alpha', size: 10 },
  { id: 2, name: 'beta', size: 20 },
];

function show(more: Partial<Parameters<typeof DataTable<Row>>[0]> = {}) {
  const onSort = vi.fn();
  const view = render(
    <DataTable
      caption="Things"
      columns={columns}
      rows={rows}
      rowName={(row) => row.name}
      sort={{ key: 'name', direction: 'asc' }}
      onSort={onSort}
      {...more}
    />,
  );
  return { onSort, ...view };
}

afterEach(cleanup);

it('says how it is sorted and asks for the other direction', async () => {
  const { onSort } = show();
  const header = screen.getByRole('columnheader', { name: 'Name' });
  expect(header.getAttribute('aria-sort')).toBe('ascending');
  await userEvent.click(screen.getByRole('button', { name: 'Name' }));
  expect(onSort).toHaveBeenCalledWith({ key: 'name', direction: 'desc' });
});

it('leaves hidden columns out', () => {
  show({ hidden: ['size'] });
  expect(screen.queryByRole('columnheader', { name: 'Size' })).toBeNull();
});

it('selects one row, and all of the page', async () => {
  const onChange = vi.fn();
  show({ selection: { ids: new Set([2]), onChange } });
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select alpha' }));
  expect(onChange).toHaveBeenLastCalledWith(new Set([1, 2]));
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select all on this page' }));
  expect(onChange).toHaveBeenLastCalledWith(new Set([1, 2]));
});

it('opens a row, but not when its checkbox is meant', async () => {
  const onOpen = vi.fn();
  show({ onOpen, selection: { ids: new Set(), onChange: vi.fn() } });
  await userEvent.click(screen.getByRole('checkbox', { name: 'Select beta' }));
  expect(onOpen).not.toHaveBeenCalled();
  await userEvent.click(screen.getByText('beta'));
  expect(onOpen.mock.calls[0]?.[0]).toEqual(rows[1]);
});

it('has no fault that axe can find', async () => {
  const { container } = show({ selection: { ids: new Set(), onChange: vi.fn() } });
  const { violations } = await axe.run(container);
  expect(violations.map((violation) => violation.id)).toEqual([]);
});
