import { expect, it } from 'vitest';
import { rowIndices, RowView } from './rows';

type Row = Record<string, string>;
const value = (row: Row, column: string) => row[column] ?? '';
const ports = ['443', '22', '8080', '', 'n/a', '22'].map((port): Row => ({ port }));
const shown = (rows: Row[], indices: readonly number[]) => indices.map((i) => rows[i]?.port);

it('without sorting, rows keep the order of arrival', () => {
  expect(rowIndices(ports, value, {}, null)).toEqual([0, 1, 2, 3, 4, 5]);
});

it('sorts numbers as numbers, before words, equal ones by arrival', () => {
  const sort = { column: 'port', direction: 'asc' } as const;
  const indices = rowIndices(ports, value, {}, sort);
  expect(shown(ports, indices)).toEqual(['22', '22', '443', '8080', '', 'n/a']);
  expect(indices.slice(0, 2)).toEqual([1, 5]);
});

it('filters by every column given, without regard to case', () => {
  const rows: Row[] = [
    { name: 'OpenSSL', arch: 'amd64' },
    { name: 'openssh', arch: 'arm64' },
    { name: 'bash', arch: 'amd64' },
  ];
  expect(rowIndices(rows, value, { name: 'OPEN', arch: 'amd' }, null)).toEqual([0]);
});

it('merges rows that arrive later into the sorted ones', () => {
  const rows: Row[] = [{ port: '5' }, { port: '1' }];
  const view = new RowView(rows, value, {}, { column: 'port', direction: 'desc' });
  expect(shown(rows, view.indices())).toEqual(['5', '1']);
  rows.push({ port: '3' }, { port: '9' });
  expect(shown(rows, view.indices())).toEqual(['9', '5', '3', '1']);
});

it('reads each cell once while 100,000 rows arrive in batches under a sort', () => {
  let reads = 0;
  const counting = (row: Row, column: string) => {
    reads += 1;
    return value(row, column);
  };
  const rows: Row[] = [];
  const view = new RowView(rows, counting, {}, { column: 'port', direction: 'asc' });
  for (let batch = 0; batch < 20; batch += 1) {
    for (let i = 0; i < 5000; i += 1) rows.push({ port: String((batch * 7919 + i * 31) % 65_536) });
    view.indices();
  }
  expect(reads).toBe(100_000);
  const sorted = view.indices().map((index) => Number(rows[index]?.port));
  expect(sorted.every((port, i) => i === 0 || port >= (sorted[i - 1] ?? 0))).toBe(true);
});
