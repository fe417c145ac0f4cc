import type { ReactNode } from 'react';
import { count } from '@/lib/format';
import styles from './Charts.module.css';

export interface Share {
  key: string;
  /** Usually a link to what it counts. */
  name: ReactNode;
  value: number;
}

/** Parts of a whole as bars with their numbers; it is its own table. */
export function Shares({
  label,
  rows,
  total,
  of = 'Hosts',
}: {
  label: string;
  rows: readonly Share[];
  total: number;
  of?: string;
}) {
  const most = Math.max(1, ...rows.map((row) => row.value));
  return (
    <table className={styles.shares}>
      <caption className="sr-only">{label}</caption>
      <thead className="sr-only">
        <tr>
          <th scope="col">Name</th>
          <th scope="col">{of}</th>
          <th scope="col">Share</th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">
              {row.name}
              <span className={styles.bar} aria-hidden>
                <span style={{ width: `${(row.value / most) * 100}%` }} />
              </span>
            </th>
            <td>{count(row.value)}</td>
            <td className={styles.percent}>{percent(row.value, total)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function percent(value: number, total: number): string {
  if (total <= 0) return '---';
  const share = (value / total) * 100;
  return share > 0 && share < 1 ? '<1 %' : `${Math.round(share)} %`;
}
