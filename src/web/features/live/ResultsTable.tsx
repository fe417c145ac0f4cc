import { useMemo, useState } from 'react';
import { Link } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/States';
import { fitWidth, VirtualGrid, type GridSort } from '@/components/VirtualGrid';
import { downloadCsv, toCsv } from '@/lib/csv';
import { count, plural } from '@/lib/format';
import { RowView } from '@/lib/rows';
import type { ResultRow, Snapshot } from './store';
import styles from './Live.module.css';

// A result column can have any name; ours begins with a character that none of them has.
const hostColumn = '\u0000host';

function value(row: ResultRow, column: string): string {
  return column === hostColumn ? row.host : (row.cells[column] ?? '');
}

interface Props {
  snapshot: Pick<Snapshot, 'rows' | 'rowCount' | 'columns' | 'phase' | 'endedAt' | 'answered'>;
  name: string;
  sort: GridSort | null;
  onSort: (sort: GridSort | null) => void;
}

/** Rows as they arrive, with a filter under each column's name. */
export function ResultsTable({ snapshot, name, sort, onSort }: Props) {
  const { rows, rowCount, columns } = snapshot;
  const [filters, setFilters] = useState<Record<string, string>>({});
  const sortColumn = sort?.column;
  const direction = sort?.direction ?? 'asc';

  const view = useMemo(
    () =>
      new RowView(
        rows,
        value,
        filters,
        sortColumn === undefined ? null : { column: sortColumn, direction },
      ),
    [rows, filters, sortColumn, direction],
  );
  const shown = view.indices();
  const grid = useGridColumns(rows, rowCount, columns);
  const filtered = Object.values(filters).some((text) => text.trim() !== '');

  const exportCsv = () =>
    downloadCsv(
      name,
      toCsv(
        ['Host', ...columns],
        shown.map((index) => {
          const row = rows[index];
          return row ? [row.host, ...columns.map((column) => value(row, column))] : [];
        }),
      ),
    );

  if (rowCount === 0) return <NoRows snapshot={snapshot} />;
  return (
    <>
      <div className={styles.filterBar}>
        <span aria-live="polite">
          {filtered
            ? `${count(shown.length)} of ${plural(rowCount, 'row')}`
            : plural(rowCount, 'row')}
        </span>
        {filtered && (
          <Button size="s" look="quiet" onClick={() => setFilters({})}>
            Clear filters
          </Button>
        )}
        <span style={{ flex: 1 }} />
        <Button size="s" icon={<Download />} disabled={shown.length === 0} onClick={exportCsv}>
          Export CSV
        </Button>
      </div>
      <VirtualGrid
        caption="Results"
        columns={grid}
        rowCount={shown.length}
        sort={sort}
        onSort={onSort}
        filters={filters}
        onFilter={(column, text) => setFilters((all) => ({ ...all, [column]: text }))}
        source={(index) => rows[shown[index] ?? -1]}
        cell={(index, column) => {
          const row = rows[shown[index] ?? -1];
          if (!row) return { text: '' };
          const text = value(row, column);
          return column === hostColumn
            ? {
                text,
                node: (
                  <Link to="/hosts/$hostId/details" params={{ hostId: String(row.hostId) }}>
                    {text}
                  </Link>
                ),
              }
            : { text };
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

function useGridColumns(rows: readonly ResultRow[], rowCount: number, columns: readonly string[]) {
  // Widths are fitted to the first rows and then stay, so that columns do not jump.
  const sampled = Math.min(rowCount, 60);
  return useMemo(() => {
    const sample = rows.slice(0, sampled);
    return [
      {
        id: hostColumn,
        label: 'Host',
        width: fitWidth(
          'Host',
          sample.map((row) => row.host),
        ),
      },
      ...columns.map((column) => ({
        id: column,
        label: column,
        width: fitWidth(
          column,
          sample.map((row) => row.cells[column] ?? ''),
        ),
        grow: true,
      })),
    ];
  }, [rows, sampled, columns]);
}

function NoRows({ snapshot }: { snapshot: Props['snapshot'] }) {
  if (snapshot.endedAt === null) {
    return (
      <EmptyState compact title={snapshot.answered > 0 ? 'No rows yet' : 'Waiting for answers'}>
        Hosts pick the query up at their next check-in, usually within ten seconds. Rows appear here
        as they arrive.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      compact
      title={snapshot.answered > 0 ? 'No host returned a row' : 'No host answered'}
    >
      {snapshot.answered > 0
        ? 'The hosts answered, but nothing on them matches the query.'
        : 'The Hosts tab tells which hosts are offline. Run the query again when they are back.'}
    </EmptyState>
  );
}
