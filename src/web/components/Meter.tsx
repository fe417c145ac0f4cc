import { cx } from '@/lib/cx';
import type { Tone } from './Badge';
import styles from './Meter.module.css';

/** A thin bar for a share of a whole; the words stand beside it. */
export function Meter({
  label,
  value,
  max,
  tone = 'accent',
  busy,
}: {
  label: string;
  value: number;
  max: number;
  tone?: Tone;
  busy?: boolean;
}) {
  const share = max > 0 ? Math.min(1, Math.max(0, value / max)) : 0;
  return (
    <span
      className={cx(styles.track, busy && styles.busy)}
      role="progressbar"
      aria-label={label}
      aria-valuemin={0}
      aria-valuemax={max}
      aria-valuenow={Math.min(value, max)}
    >
      <span className={cx(styles.fill, styles[tone])} style={{ width: `${share * 100}%` }} />
    </span>
  );
}
