import { memo, useRef, type ReactNode } from 'react';
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
  /** What the cells of a row are made of: as long as it is the same, the row is not drawn again. */
  source?: (row: number) => object | undefined;
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
  const { caption, columns, rowCount, cell, source, sort, onSort, filters, onFilter, children } =
    props;
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
          <GridRow
            key={item.key}
            index={item.index}
            start={item.start}
            columns={columns}
            template={template}
            cell={cell}
            source={source?.(item.index)}
          />
        ))}
      </div>
      {rowCount === 0 && children && <div className={styles.none}>{children}</div>}
    </div>
  );
}

interface RowProps {
  index: number;
  start: number;
  columns: readonly GridColumn[];
  template: string;
  cell: Props['cell'];
  source: object | undefined;
}

const GridRow = memo(function GridRow({ index, start, columns, template, cell }: RowProps) {
  return (
    <div
      className={cx(styles.row, index % 2 === 1 && styles.odd)}
      role="row"
      aria-rowindex={index + 2}
      style={{ gridTemplateColumns: template, transform: `translateY(${start}px)` }}
    >
      {columns.map((column) => {
        const { text, node } = cell(index, column.id);
        return (
          <span key={column.id} role="cell" className={styles.cell} title={text}>
            {node ?? text}
          </span>
        );
      })}
    </div>
  );
}, isSame);

/** Links and cells are what costs most while rows arrive four times a second. */
function isSame(before: RowProps, after: RowProps): boolean {
  return (
    after.source !== undefined &&
    after.source === before.source &&
    after.index === before.index &&
    after.start === before.start &&
    after.columns === before.columns &&
    after.template === before.template
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
  return Math.round(Math.min(380, Math.max(104, longest * 8.6 + 40)));
}
