/** The arithmetic of charts: no elements here. */

export interface Point {
  /** Milliseconds since 1970. */
  x: number;
  /** null: nothing was recorded, the line has a gap. */
  y: number | null;
}

/** Round numbers from 0 to at least `max`, about `count` steps apart. */
export function ticks(max: number, count = 4): number[] {
  if (!(max > 0)) return [0, 1];
  const rough = max / count;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = Math.max(1, ([1, 2, 5, 10].find((n) => n * power >= rough) ?? 10) * power);
  const out = [0];
  while ((out.at(-1) ?? 0) < max) out.push(out.length * step);
  return out;
}

export function scale(from: [number, number], to: [number, number]): (value: number) => number {
  const span = from[1] - from[0];
  if (span === 0) return () => (to[0] + to[1]) / 2;
  return (value) => to[0] + ((value - from[0]) / span) * (to[1] - to[0]);
}

type Place = (value: number) => number;

/** Puts a hole where more than `longest` lies between two points. */
export function withGaps<At extends { x: number }>(
  points: readonly At[],
  longest: number,
  hole: (x: number) => At,
): At[] {
  return points.flatMap((point, index) => {
    const before = points[index - 1];
    if (!before || point.x - before.x <= longest) return [point];
    return [hole((before.x + point.x) / 2), point];
  });
}

/** The runs of points without a gap between them. */
export function segments(points: readonly Point[]): { x: number; y: number }[][] {
  const out: { x: number; y: number }[][] = [];
  let open = false;
  for (const { x, y } of points) {
    if (y === null) {
      open = false;
    } else if (open) {
      out.at(-1)?.push({ x, y });
    } else {
      out.push([{ x, y }]);
      open = true;
    }
  }
  return out;
}

const round = (value: number) => Math.round(value * 10) / 10;

/** SVG path of a line; a lone point is no line. */
export function linePath(points: readonly Point[], x: Place, y: Place): string {
  return segments(points)
    .filter((run) => run.length > 1)
    .map((run) => `M${run.map((at) => `${round(x(at.x))},${round(y(at.y))}`).join('L')}`)
    .join('');
}

/** The same, closed down to `floor`. */
export function areaPath(points: readonly Point[], x: Place, y: Place, floor: number): string {
  return segments(points)
    .filter((run) => run.length > 1)
    .map((run) => {
      const top = run.map((at) => `${round(x(at.x))},${round(y(at.y))}`).join('L');
      const last = run.at(-1)?.x ?? 0;
      return `M${round(x(run[0]?.x ?? 0))},${floor}L${top}L${round(x(last))},${floor}Z`;
    })
    .join('');
}

/** Which point is nearest to a place on the x axis. */
export function nearest(xs: readonly number[], wanted: number): number {
  let best = 0;
  xs.forEach((x, index) => {
    if (Math.abs(x - wanted) < Math.abs((xs[best] ?? 0) - wanted)) best = index;
  });
  return best;
}

/** The largest shares, and the rest of them as one. */
export function topShares<Row extends { name: string; value: number }>(
  rows: readonly Row[],
  most: number,
): (Row | { name: string; value: number; rest: number })[] {
  const sorted = [...rows].sort((a, b) => b.value - a.value || a.name.localeCompare(b.name));
  if (sorted.length <= most) return sorted;
  const rest = sorted.slice(most - 1);
  const value = rest.reduce((sum, row) => sum + row.value, 0);
  return [
    ...sorted.slice(0, most - 1),
    { name: `${rest.length} others`, value, rest: rest.length },
  ];
}

export interface BoardCell extends Point {
  /** Which day of the board. */
  row: number;
  hour: number;
}

/**
 * Moments as a board: a row for each day from the first to the last, in the reader's time zone, and a
 * column for each hour. Of two moments in one hour the later one counts.
 */
export function hourBoard(points: readonly Point[]): { days: number[]; cells: BoardCell[] } {
  const midnight = (x: number) => new Date(x).setHours(0, 0, 0, 0);
  const rows = new Map<number, number>();
  const first = points[0];
  const last = points.at(-1);
  if (!first || !last) return { days: [], cells: [] };
  // Days are stepped by the calendar: one with 23 or 25 hours is a day, too.
  const day = new Date(midnight(first.x));
  for (; day.getTime() <= last.x; day.setDate(day.getDate() + 1)) {
    rows.set(day.getTime(), rows.size);
  }
  const cells = new Map<number, BoardCell>();
  for (const point of points) {
    const row = rows.get(midnight(point.x));
    if (row === undefined) continue;
    const hour = new Date(point.x).getHours();
    cells.set(row * 24 + hour, { ...point, row, hour });
  }
  return { days: [...rows.keys()], cells: [...cells.values()] };
}
