import { useRef, type ReactNode } from 'react';
import { useVirtualizer } from '@tanstack/react-virtual';
import { ArrowDown, ArrowUp } from 'lucide-react';
import { cx } from '@/lib/cx';
import styles from './VirtualGrid.module.css';

export interface GridColumn {
  id: string;
  label: string;
  /** Pixels. */
  width: number;
  /** Takes what room is left. */
  grow?: boolean;
  /** Its text is not what people would type. */
  unfiltered?: boolean;
}

export interface GridSort {
  column: string;
  direction: 'asc' | 'desc';
}

interface Props {
  caption: string;
  columns: readonly GridColumn[];
  rowCount: number;
  cell: (row: number, column: string) => { text: string; node?: ReactNode };
  sort?: GridSort | null;
  onSort?: (sort: GridSort | null) => void;
  filters?: Readonly<Record<string, string>>;
  onFilter?: (column: string, text: string) => void;
  /** Shown below the header when there is no row. */
  children?: ReactNode;
}

const rowHeight = 34;

/** A table of any length: only the rows in sight exist. */
export function VirtualGrid(props: Props) {
  const { caption, columns, rowCount, cell, sort, onSort, filters, onFilter, children } = props;
  const scroll = useRef<HTMLDivElement>(null);
  const headerHeight = onFilter ? 76 : 38;
  const virtual = useVirtualizer({
    count: rowCount,
    getScrollElement: () => scroll.current,
    estimateSize: () => rowHeight,
    scrollMargin: headerHeight,
    overscan: 14,
  });

  const template = columns
    .map((column) => (column.grow ? `minmax(${column.width}px, 1fr)` : `${column.width}px`))
    .join(' ');
  const items = virtual.getVirtualItems();

  return (
    <div
      ref={scroll}
      className={styles.scroll}
      role="table"
      aria-label={caption}
      aria-rowcount={rowCount + 1}
      aria-colcount={columns.length}
      tabIndex={0}
    >
      <div
        className={styles.inner}
        role="rowgroup"
        style={{ height: virtual.getTotalSize() + headerHeight }}
      >
        <div
          className={styles.header}
          role="row"
          aria-rowindex={1}
          style={{ gridTemplateColumns: template, height: headerHeight }}
        >
          {columns.map((column) => (
            <HeaderCell
              key={column.id}
              column={column}
              sort={sort ?? null}
              onSort={onSort}
              filter={filters?.[column.id] ?? ''}
              onFilter={onFilter}
            />
          ))}
        </div>
        {items.map((item) => (
          <div
            key={item.key}
            className={cx(styles.row, item.index % 2 === 1 && styles.odd)}
            role="row"
            aria-rowindex={item.index + 2}
            style={{
              gridTemplateColumns: template,
              transform: `translateY(${item.start}px)`,
            }}
          >
            {columns.map((column) => {
              const { text, node } = cell(item.index, column.id);
              return (
                <span key={column.id} role="cell" className={styles.cell} title={text}>
                  {node ?? text}
                </span>
              );
            })}
          </div>
        ))}
      </div>
      {rowCount === 0 && children && <div className={styles.none}>{children}</div>}
    </div>
  );
}

function HeaderCell({
  column,
  sort,
  onSort,
  filter,
  onFilter,
}: {
  column: GridColumn;
  sort: GridSort | null;
  onSort: ((sort: GridSort | null) => void) | undefined;
  filter: string;
  onFilter: ((column: string, text: string) => void) | undefined;
}) {
  const active = sort?.column === column.id ? sort.direction : null;
  // Ascending, descending, then back to the order of arrival.
  const next: GridSort | null =
    active === null
      ? { column: column.id, direction: 'asc' }
      : active === 'asc'
        ? { column: column.id, direction: 'desc' }
        : null;
  return (
    <div
      role="columnheader"
      className={styles.head}
      aria-sort={active === 'asc' ? 'ascending' : active === 'desc' ? 'descending' : undefined}
    >
      {onSort ? (
        <button type="button" title={column.label} onClick={() => onSort(next)}>
          <span>{column.label}</span>
          {active === 'asc' && <ArrowUp aria-hidden />}
          {active === 'desc' && <ArrowDown aria-hidden />}
        </button>
      ) : (
        <span className={styles.plain}>{column.label}</span>
      )}
      {onFilter && !column.unfiltered && (
        <input
          aria-label={`Filter ${column.label}`}
          placeholder="Filter"
          value={filter}
          spellCheck={false}
          onChange={(event) => onFilter(column.id, event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Escape' && filter) {
              event.stopPropagation();
              onFilter(column.id, '');
            }
          }}
        />
      )}
    </div>
  );
}

/** A width that fits the label and the first values, within reason. */
export function fitWidth(label: string, samples: readonly string[]): number {
  const longest = samples.reduce((most, text) => Math.max(most, text.length), label.length + 3);
  return Math.round(Math.min(380, Math.max(104, longest * 7.4 + 36)));
}
