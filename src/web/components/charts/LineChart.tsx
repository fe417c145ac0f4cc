import { useRef, useState } from 'react';
import { areaPath, linePath, nearest, scale, segments, ticks, type Point } from '@/lib/chart';
import { count } from '@/lib/format';
import { ChartTable } from './ChartTable';
import { useWidth } from './useWidth';
import styles from './Charts.module.css';

export interface Series {
  name: string;
  tone: 'ok' | 'bad' | 'accent' | 'neutral';
  points: readonly Point[];
  /** Filled down to the axis. */
  area?: boolean;
}

interface Props {
  label: string;
  /** All with the same x values. */
  series: readonly Series[];
  /** Words for a moment, in the readout and the table. */
  moment: (x: number) => string;
  /** Shorter words for the axis. */
  axis: (x: number) => string;
  unit?: (value: number) => string;
  /** Top of the axis, where there is a natural one such as 100 %. */
  max?: number;
  height?: number;
}

const left = 44;
const right = 10;
const top = 10;
const bottom = 24;

/** Values over time. The arrow keys walk through the moments; a table says the same. */
export function LineChart(props: Props) {
  const { label, series, moment, axis, unit = count, height = 190 } = props;
  const frame = useRef<HTMLDivElement>(null);
  const width = useWidth(frame, 600);
  const [at, setAt] = useState<number | null>(null);

  const xs = series[0]?.points.map((point) => point.x) ?? [];
  const values = series.flatMap((each) => each.points.map((point) => point.y ?? 0));
  const marks = ticks(props.max ?? Math.max(0, ...values));
  const x = scale([xs[0] ?? 0, xs.at(-1) ?? 0], [left, width - right]);
  const y = scale([0, marks.at(-1) ?? 1], [height - bottom, top]);
  const fits = Math.max(2, Math.floor((width - left) / 90));
  const every = Math.max(1, Math.ceil(xs.length / fits));
  // From the newest backwards; words that would stand twice in a row stand once.
  const marked = new Set<number>();
  let words = '';
  for (let index = xs.length - 1; index >= 0; index -= every) {
    const next = axis(xs[index] ?? 0);
    if (next !== words) marked.add(index);
    words = next;
  }
  const shown = at === null ? null : Math.min(at, xs.length - 1);
  const valueText = (index: number) =>
    series
      .map((each) => {
        const value = each.points[index]?.y;
        return `${each.name} ${value == null ? 'unknown' : unit(value)}`;
      })
      .join(', ');
  const described = shown ?? xs.length - 1;

  return (
    <figure className={styles.figure}>
      <div className={styles.legend}>
        {series.map((each) => (
          <span key={each.name}>
            <i className={styles[each.tone]} aria-hidden />
            {each.name}
          </span>
        ))}
        <output className={styles.readout}>
          {shown !== null && (
            <>
              <strong>{moment(xs[shown] ?? 0)}</strong> {valueText(shown)}
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
        aria-orientation="horizontal"
        aria-valuemin={0}
        aria-valuemax={Math.max(0, xs.length - 1)}
        aria-valuenow={Math.max(0, described)}
        aria-valuetext={`${moment(xs[described] ?? 0)}: ${valueText(described)}`}
        onPointerMove={(event) => {
          const box = event.currentTarget.getBoundingClientRect();
          const places = xs.map((each) => x(each));
          setAt(nearest(places, event.clientX - box.left));
        }}
        onPointerLeave={() => setAt(null)}
        onBlur={() => setAt(null)}
        onKeyDown={(event) => {
          const last = xs.length - 1;
          const moves: Record<string, number> = {
            ArrowLeft: (shown ?? last + 1) - 1,
            ArrowRight: (shown ?? last - 1) + 1,
            Home: 0,
            End: last,
          };
          const to = moves[event.key];
          if (to === undefined) return;
          event.preventDefault();
          setAt(Math.max(0, Math.min(last, to)));
        }}
      >
        <svg width={width} height={height} aria-hidden>
          {marks.map((mark) => (
            <g key={mark}>
              <line
                className={styles.grid}
                x1={left}
                x2={width - right}
                y1={y(mark)}
                y2={y(mark)}
              />
              <text className={styles.mark} x={left - 8} y={y(mark) + 4} textAnchor="end">
                {unit(mark)}
              </text>
            </g>
          ))}
          {xs.map((each, index) =>
            marked.has(index) && x(each) > left + 16 ? (
              <text
                key={each}
                className={styles.mark}
                x={x(each)}
                y={height - 6}
                textAnchor={index === xs.length - 1 ? 'end' : 'middle'}
              >
                {axis(each)}
              </text>
            ) : null,
          )}
          {series.map((each) => (
            <g key={each.name} className={styles[each.tone]}>
              {each.area && (
                <path className={styles.area} d={areaPath(each.points, x, y, height - bottom)} />
              )}
              <path className={styles.line} d={linePath(each.points, x, y)} />
              {segments(each.points)
                .filter((run) => run.length === 1)
                .flat()
                .map((alone) => (
                  <circle
                    key={alone.x}
                    className={styles.dot}
                    cx={x(alone.x)}
                    cy={y(alone.y)}
                    r={3.5}
                  />
                ))}
            </g>
          ))}
          {shown !== null && (
            <line
              className={styles.cursor}
              x1={x(xs[shown] ?? 0)}
              x2={x(xs[shown] ?? 0)}
              y1={top}
              y2={height - bottom}
            />
          )}
        </svg>
      </div>
      <ChartTable
        caption={label}
        header={['When', ...series.map((each) => each.name)]}
        rows={xs.map((each, index) => [
          moment(each),
          ...series.map((one) => {
            const value = one.points[index]?.y;
            return value == null ? '---' : unit(value);
          }),
        ])}
      />
    </figure>
  );
}
