// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { close, open } from '@/test/app';
import { faults } from '@/test/server';

afterEach(close);

const label = {
  id: 21,
  name: 'Pilot',
  description: 'First ones',
  query: '',
  platform: '',
  label_type: 'regular',
  label_membership_type: 'manual',
  team_id: null,
  count: 3,
  host_ids: [],
  created_at: '',
  updated_at: '',
};
const builtin = { ...label, id: 6, name: 'All Hosts', label_type: 'builtin' };
const list = { 'GET /labels': { labels: [label, builtin] } };

describe('labels', () => {
  it('built-in ones cannot be changed', async () => {
    const { container } = open('/labels/manage', list);
    expect(await screen.findByRole('button', { name: 'Delete Pilot' })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Delete All Hosts' })).toBeNull();
    expect(await faults(container)).toEqual([]);
  });

  it('an observer changes none', async () => {
    open('/labels/manage', list, 'observer');
    await screen.findByRole('link', { name: 'Pilot' });
    expect(screen.queryByRole('button', { name: 'Delete Pilot' })).toBeNull();
    expect(screen.queryByRole('link', { name: 'Add label' })).toBeNull();
  });

  it('deleting says which policies use it', async () => {
    const { asked } = open('/labels/manage', {
      ...list,
      'GET /policies': {
        policies: [{ id: 1, name: 'Firewall on', labels_include_any: [{ id: 21, name: 'Pilot' }] }],
      },
      'DELETE /labels/id/21': {},
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Delete Pilot' }));
    const dialog = await screen.findByRole('dialog');
    await within(dialog).findByText(/Firewall on/);
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete label' }));
    await waitFor(() => expect(asked.some((each) => each.method === 'DELETE')).toBe(true));
  });

  it('by attributes: builds conditions and sends them', async () => {
    const { asked, at } = open('/labels/new/attributes', {
      'POST /labels': { label: { ...label, id: 30 } },
      'GET /labels/30/hosts': { hosts: [] },
      'GET /hosts/count': { count: 0 },
    });
    await userEvent.type(await screen.findByLabelText('Name'), 'Big');
    await userEvent.selectOptions(screen.getByLabelText('Attribute 1'), 'memory');
    await userEvent.selectOptions(screen.getByLabelText('Comparison 1'), '>');
    await userEvent.type(screen.getByLabelText('Value 1'), '8000000000');
    await userEvent.click(screen.getByRole('button', { name: 'Create label' }));
    await waitFor(() => expect(at()).toBe('/hosts/manage?label_id=30'));
    expect(asked.find((each) => each.method === 'POST')?.body).toEqual({
      name: 'Big',
      description: '',
      criteria: { vital: 'memory', operator: '>', value: '8000000000' },
    });
  });

  it('a pasted list tells what was not found', async () => {
    open('/labels/21', {
      'GET /labels/21': { label },
      'POST /hosts/search': ({ body }: { body: unknown }) => ({
        hosts:
          (body as { query: string }).query === 'S1'
            ? [{ id: 4, hostname: 'a', display_name: 'A', hardware_serial: 'S1', uuid: 'u' }]
            : [],
      }),
      'GET /hosts/4': { host: { id: 4, display_name: 'A' } },
    });
    await userEvent.click(await screen.findByText('Paste a list'));
    const box = screen.getByLabelText(/one a line/);
    await userEvent.type(box, 'S1{enter}S2');
    await userEvent.click(screen.getByRole('button', { name: 'Add 2 hosts' }));
    expect(await screen.findByText('Not found: S2.')).toBeTruthy();
    expect(await screen.findByRole('button', { name: 'Remove A' })).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Save' }).hasAttribute('disabled')).toBe(false);
  });
});
