import { useRef, useState } from 'react';
import { hourBoard, type Point } from '@/lib/chart';
import { cx } from '@/lib/cx';
import { count } from '@/lib/format';
import { ChartTable } from './ChartTable';
import { useWidth } from './useWidth';
import styles from './Charts.module.css';

interface Props {
  label: string;
  points: readonly Point[];
  /** Words for a moment. */
  moment: (x: number) => string;
  /** Words for a row. */
  day: (x: number) => string;
  /** What a cell says, in the readout and to those who listen. */
  says: (x: number) => string;
}

const left = 58;
const top = 20;
const levels = 6;
const moves: Record<string, number> = {
  ArrowLeft: -1,
  ArrowRight: 1,
  ArrowUp: -24,
  ArrowDown: 24,
};

/** A day a row, an hour a column: what a week looks like. The arrow keys walk through the hours. */
export function HourBoard({ label, points, moment, day, says }: Props) {
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 600);
  const [at, setAt] = useState<number | null>(null);
  const { days, cells } = hourBoard(points);
  const most = Math.max(1, ...cells.map((cell) => cell.y ?? 0));
  const step = (width - left) / 24;
  const height = days.length > 10 ? 14 : 22;
  const places = new Map(cells.map((cell) => [cell.row * 24 + cell.hour, cell]));
  const order = cells.map((cell) => cell.row * 24 + cell.hour).sort((a, b) => a - b);
  const newest = order.at(-1) ?? 0;
  const shown = at === null ? undefined : places.get(at);
  const described = places.get(at ?? newest);

  // On an hour that nothing was recorded for, the nearest one that way is meant.
  const go = (by: number) => {
    const wanted = (at ?? newest) + by;
    const found = by < 0 ? order.findLast((n) => n <= wanted) : order.find((n) => n >= wanted);
    if (found !== undefined) setAt(found);
  };

  return (
    <figure className={styles.figure}>
      <div className={styles.legend}>
        <span className={styles.scale}>
          0
          {Array.from({ length: levels }, (_, level) => (
            <svg key={level} width="14" height="14" aria-hidden>
              <rect className={cx(styles.cell, styles[`level${level}`])} width="14" height="14" />
            </svg>
          ))}
          {count(most)}
        </span>
        <output className={styles.readout}>
          {shown && (
            <>
              <strong>{moment(shown.x)}</strong> {says(shown.x)}
            </>
          )}
        </output>
      </div>
      <div
        ref={frame}
        className={styles.plot}
        role="slider"
        tabIndex={0}
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={Math.max(0, order.length - 1)}
        aria-valuenow={Math.max(0, order.indexOf(at ?? newest))}
        aria-valuetext={described ? `${moment(described.x)}: ${says(described.x)}` : ''}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const hour = Math.floor((event.clientX - box.left - left) / step);
          const row = Math.floor((event.clientY - box.top - top) / height);
          setAt(hour >= 0 && hour < 24 && places.has(row * 24 + hour) ? row * 24 + hour : null);
        }}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={(event) => {
          const by = moves[event.key];
          if (by !== undefined) go(by);
          else if (event.key === 'Home') setAt(order[0] ?? null);
          else if (event.key === 'End') setAt(newest);
          else return;
          event.preventDefault();
        }}
      >
        <svg width={width} height={top + days.length * height} aria-hidden>
          {Array.from({ length: 24 }, (_, hour) =>
            hour % (step < 26 ? 6 : 3) === 0 ? (
              <text key={hour} className={styles.mark} x={left + hour * step} y={12}>
                {String(hour).padStart(2, '0')}
              </text>
            ) : null,
          )}
          {days.map((each, row) =>
            height > 16 || row % 2 === (days.length - 1) % 2 ? (
              <text
                key={each}
                className={styles.mark}
                x={left - 8}
                y={top + row * height + height / 2 + 4}
                textAnchor="end"
              >
                {day(each)}
              </text>
            ) : null,
          )}
          {cells.map(({ row, hour, y }) => (
            <rect
              key={row * 24 + hour}
              className={cx(
                styles.cell,
                styles[`level${level(y, most)}`],
                at === row * 24 + hour && styles.chosen,
              )}
              x={left + hour * step + 1}
              y={top + row * height + 1}
              width={Math.max(1, step - 2)}
              height={height - 2}
              rx={2}
            />
          ))}
        </svg>
      </div>
      <ChartTable
        caption={label}
        header={['When', 'How many']}
        rows={cells.map(({ x }) => [moment(x), says(x)])}
      />
    </figure>
  );
}

/** From 0 for none to the darkest for the most. */
function level(value: number | null, most: number): number {
  if (value === null || value <= 0) return 0;
  return Math.min(levels - 1, Math.max(1, Math.ceil((value / most) * (levels - 1))));
}
