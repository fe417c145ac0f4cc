/** Filtering and sorting of rows whose values are text, at sizes where naive ways get slow. */

export interface RowSort {
  column: string;
  direction: 'asc' | 'desc';
}

type Value<Row> = (row: Row, column: string) => string;
type Key = number | string;

/**
 * Which rows are shown, and in which order, over an array that only grows. New rows are filtered
 * alone and merged into the sorted ones, so that an arriving batch costs little at 100,000 rows.
 */
export class RowView<Row> {
  private seen = 0;
  private order: number[] = [];
  private readonly keys: Key[] = [];
  private readonly needles: [column: string, needle: string][];

  constructor(
    private readonly rows: readonly Row[],
    private readonly value: Value<Row>,
    filters: Readonly<Record<string, string>>,
    private readonly sort: RowSort | null,
  ) {
    this.needles = Object.entries(filters)
      .map(([column, text]): [string, string] => [column, text.trim().toLowerCase()])
      .filter(([, text]) => text !== '');
  }

  /** Indices into the rows, up to date with all that have arrived. */
  indices(): readonly number[] {
    if (this.seen === this.rows.length) return this.order;
    const fresh: number[] = [];
    for (; this.seen < this.rows.length; this.seen += 1) {
      const row = this.rows[this.seen];
      if (row !== undefined && this.matches(row)) fresh.push(this.seen);
    }
    this.order = this.sort ? this.merge(fresh, this.sort) : this.order.concat(fresh);
    return this.order;
  }

  private matches(row: Row): boolean {
    return this.needles.every(([column, needle]) =>
      this.value(row, column).toLowerCase().includes(needle),
    );
  }

  private merge(fresh: number[], sort: RowSort): number[] {
    const sign = sort.direction === 'asc' ? 1 : -1;
    for (const index of fresh) {
      const row = this.rows[index];
      if (row !== undefined) this.keys[index] = sortKey(this.value(row, sort.column));
    }
    const before = (a: number, b: number) => {
      const order = sign * compare(this.keys[a] ?? '', this.keys[b] ?? '');
      return order === 0 ? a - b : order;
    };
    fresh.sort(before);

    const old = this.order;
    const merged: number[] = [];
    let i = 0;
    let j = 0;
    while (i < old.length || j < fresh.length) {
      const a = old[i];
      const b = fresh[j];
      if (b === undefined || (a !== undefined && before(a, b) <= 0)) {
        if (a !== undefined) merged.push(a);
        i += 1;
      } else {
        merged.push(b);
        j += 1;
      }
    }
    return merged;
  }
}

/** The same for rows that are all there. */
export function rowIndices<Row>(
  rows: readonly Row[],
  value: Value<Row>,
  filters: Readonly<Record<string, string>>,
  sort: RowSort | null,
): readonly number[] {
  return new RowView(rows, value, filters, sort).indices();
}

function sortKey(text: string): Key {
  if (text !== '' && text.length < 18) {
    const number = Number(text);
    if (!Number.isNaN(number)) return number;
  }
  return text.toLowerCase();
}

/** Numbers as numbers and before words; words by code unit, which is fast enough for 100,000. */
function compare(a: Key, b: Key): number {
  if (typeof a === typeof b) return a < b ? -1 : a > b ? 1 : 0;
  return typeof a === 'number' ? -1 : 1;
}
