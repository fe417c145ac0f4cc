import { useMemo, type MouseEvent, type ReactNode } from 'react';
import {
  columnVisibilityFeature,
  rowSelectionFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import { cx } from '@/lib/cx';
import type { Sort } from '@/lib/search';
import styles from './DataTable.module.css';

const features = tableFeatures({ columnVisibilityFeature, rowSelectionFeature });

export interface Column<Row> {
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** The server's name for sorting on it; absent when it cannot be sorted. */
  sortKey?: string;
  numeric?: boolean;
  /** Columns that wrap or are wide, in CSS units. */
  maxWidth?: string;
  /** Shown first and never hidden. */
  always?: boolean;
}

export interface Selection {
  ids: ReadonlySet<number>;
  onChange: (ids: ReadonlySet<number>) => void;
}

interface Props<Row extends { id: number }> {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowName: (row: Row) => string;
  hidden?: readonly string[];
  sort: Sort;
  onSort: (sort: Sort) => void;
  selection?: Selection | undefined;
  onOpen?: (row: Row, event: MouseEvent) => void;
  /** What is on screen is about to be replaced. */
  stale?: boolean;
}

/** The one table for lists that the server sorts, searches and pages. */
export function DataTable<Row extends { id: number }>(props: Props<Row>) {
  const { caption, columns, rows, rowName, hidden, sort, onSort, selection, onOpen, stale } = props;

  const definitions = useMemo(
    () =>
      columns.map((column): ColumnDef<typeof features, Row> => ({
        id: column.id,
        header: column.header,
        cell: ({ row }) => column.cell(row.original),
      })),
    [columns],
  );
  const byId = useMemo(() => new Map(columns.map((column) => [column.id, column])), [columns]);
  const data = useMemo(() => [...rows], [rows]);

  const selected: Record<string, true> = {};
  for (const id of selection?.ids ?? []) selected[String(id)] = true;

  const table = useTable({
    features,
    columns: definitions,
    data,
    getRowId: (row) => String(row.id),
    state: {
      columnVisibility: Object.fromEntries((hidden ?? []).map((id) => [id, false])),
      rowSelection: selected,
    },
    onRowSelectionChange: (update) => {
      const next = typeof update === 'function' ? update(selected) : update;
      const ids = Object.keys(next).filter((id) => next[id]);
      selection?.onChange(new Set(ids.map(Number)));
    },
  });

  return (
    <div className={styles.scroll} tabIndex={0} role="region" aria-label={caption}>
      <table className={cx(styles.table, stale && styles.stale)} aria-busy={stale}>
        <caption className="sr-only">{caption}</caption>
        <thead>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id}>
              {selection && (
                <th className={styles.select} scope="col">
                  <input
                    type="checkbox"
                    aria-label="Select all on this page"
                    checked={rows.length > 0 && table.getIsAllRowsSelected()}
                    ref={(box) => {
                      if (box)
                        box.indeterminate =
                          table.getIsSomeRowsSelected() && !table.getIsAllRowsSelected();
                    }}
                    onChange={table.getToggleAllRowsSelectedHandler()}
                  />
                </th>
              )}
              {group.headers.map((header) => {
                const column = byId.get(header.column.id);
                return column ? (
                  <HeaderCell key={header.id} column={column} sort={sort} onSort={onSort} />
                ) : null;
              })}
            </tr>
          ))}
        </thead>
        <tbody>
          {table.getRowModel().rows.map((row) => (
            <tr
              key={row.id}
              className={cx(onOpen && styles.clickable, row.getIsSelected() && styles.selected)}
              onClick={(event) => openUnlessControl(event, () => onOpen?.(row.original, event))}
            >
              {selection && (
                <td className={styles.select}>
                  <input
                    type="checkbox"
                    aria-label={`Select ${rowName(row.original)}`}
                    checked={row.getIsSelected()}
                    onChange={row.getToggleSelectedHandler()}
                  />
                </td>
              )}
              {row.getVisibleCells().map((cell) => {
                const column = byId.get(cell.column.id);
                return (
                  <td
                    key={cell.id}
                    className={cx(column?.numeric && styles.numeric)}
                    style={{ maxWidth: column?.maxWidth }}
                  >
                    <table.FlexRender cell={cell} />
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function HeaderCell<Row>({
  column,
  sort,
  onSort,
}: {
  column: Column<Row>;
  sort: Sort;
  onSort: (sort: Sort) => void;
}) {
  const { sortKey } = column;
  if (!sortKey) {
    return (
      <th scope="col" className={cx(column.numeric && styles.numeric)}>
        {column.header}
      </th>
    );
  }
  const active = sort.key === sortKey;
  const Icon = !active ? ChevronsUpDown : sort.direction === 'asc' ? ArrowUp : ArrowDown;
  const next = active && sort.direction === 'asc' ? 'desc' : 'asc';
  return (
    <th
      scope="col"
      className={cx(column.numeric && styles.numeric)}
      aria-sort={active ? (sort.direction === 'asc' ? 'ascending' : 'descending') : undefined}
    >
      <button
        type="button"
        className={cx(styles.sort, active && styles.active)}
        onClick={() => onSort({ key: sortKey, direction: next })}
      >
        {column.header}
        <Icon aria-hidden />
      </button>
    </th>
  );
}

/** A click on a row opens it, except on something in the row that reacts by itself. */
function openUnlessControl(event: MouseEvent, open: () => void) {
  const target = event.target;
  if (target instanceof Element && target.closest('a, button, input, label, time[data-own]')) {
    return;
  }
  if (window.getSelection()?.toString()) return;
  open();
}
