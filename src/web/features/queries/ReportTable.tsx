import { useMemo, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { ReportRow } from '@/api/types';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/States';
import { Ago } from '@/components/Time';
import { fitWidth, VirtualGrid, type GridSort } from '@/components/VirtualGrid';
import { downloadCsv, toCsv } from '@/lib/csv';
import { count, plural } from '@/lib/format';
import { rowIndices } from '@/lib/rows';
import styles from './Queries.module.css';

interface Props {
  name: string;
  rows: readonly ReportRow[];
  sort: GridSort | null;
  onSort: (sort: GridSort | null) => void;
}

// A result column can have any name; ours begin with a character that none of them has.
const host = '\u0000host';
const fetched = '\u0000fetched';

function valueOf(row: ReportRow, column: string): string {
  if (column === host) return row.host_name;
  if (column === fetched) return row.last_fetched;
  return row.columns[column] ?? '';
}

/** Stored rows with a filter per column; sorted with numbers as numbers. */
export function ReportTable({ name, rows, sort, onSort }: Props) {
  const [filters, setFilters] = useState<Record<string, string>>({});
  const names = useMemo(() => {
    const seen = new Set<string>();
    for (const row of rows) for (const column in row.columns) seen.add(column);
    return [...seen];
  }, [rows]);
  const shown = useMemo(() => rowIndices(rows, valueOf, filters, sort), [rows, filters, sort]);
  const hosts = useMemo(() => new Set(rows.map((row) => row.host_id)).size, [rows]);
  const columns = useMemo(() => {
    const sample = rows.slice(0, 60);
    const width = (column: string, label: string) =>
      fitWidth(
        label,
        sample.map((row) => valueOf(row, column)),
      );
    return [
      { id: host, label: 'Host', width: width(host, 'Host') },
      { id: fetched, label: 'Last fetched', width: 140, unfiltered: true },
      ...names.map((column) => ({
        id: column,
        label: column,
        width: width(column, column),
        grow: true,
      })),
    ];
  }, [rows, names]);

  const exportCsv = () =>
    downloadCsv(
      name,
      toCsv(
        ['Host', 'Last fetched', ...names],
        shown.map((index) => {
          const row = rows[index];
          return row ? [host, fetched, ...names].map((column) => valueOf(row, column)) : [];
        }),
      ),
    );

  return (
    <>
      <div className={styles.bar}>
        <span aria-live="polite">
          {shown.length === rows.length
            ? plural(rows.length, 'row')
            : `${count(shown.length)} of ${plural(rows.length, 'row')}`}{' '}
          from {plural(hosts, 'host')}
        </span>
        <span className={styles.spacer} />
        <Button size="s" icon={<Download />} disabled={shown.length === 0} onClick={exportCsv}>
          Export CSV
        </Button>
      </div>
      <VirtualGrid
        caption="Stored rows"
        columns={columns}
        rowCount={shown.length}
        sort={sort}
        onSort={onSort}
        filters={filters}
        onFilter={(column, text) => setFilters((all) => ({ ...all, [column]: text }))}
        cell={(index, column) => {
          const row = rows[shown[index] ?? -1];
          if (!row) return { text: '' };
          const text = valueOf(row, column);
          if (column === fetched) return { text, node: <Ago at={text} /> };
          if (column !== host) return { text };
          return {
            text,
            node: (
              <Link to="/hosts/$hostId/details" params={{ hostId: String(row.host_id) }}>
                {text}
              </Link>
            ),
          };
        }}
      >
        <EmptyState
          compact
          title="No row matches these filters"
          action={<Button onClick={() => setFilters({})}>Clear filters</Button>}
        />
      </VirtualGrid>
    </>
  );
}
