import { Link } from '@tanstack/react-router';
import { lowDisk, type HostSummary } from '@/api/summary';
import { StatusDot, type Tone } from '@/components/Badge';
import type { ReactNode } from 'react';
import { count } from '@/lib/format';
import styles from './Dashboard.module.css';

interface Props {
  /** Until it is known, the tiles are there without their numbers. */
  summary: HostSummary | undefined;
  team: number | undefined;
  platform: string | undefined;
}

/** The numbers that everybody looks at first; each leads to its hosts. */
export function HostCounts({ summary, team, platform }: Props) {
  const scope = { team_id: team, platform };
  const tiles: {
    name: string;
    value: number | undefined;
    tone: Tone;
    search: Record<string, unknown>;
    title?: string;
  }[] = [
    { name: 'Hosts', value: summary?.totals_hosts_count, tone: 'accent', search: {} },
    { name: 'Online', value: summary?.online_count, tone: 'ok', search: { status: 'online' } },
    {
      name: 'Offline',
      value: summary?.offline_count,
      tone: 'neutral',
      search: { status: 'offline' },
    },
    {
      name: 'Missing',
      value: summary?.missing_30_days_count ?? summary?.mia_count,
      tone: 'warn',
      search: { status: 'missing' },
      title: 'Not seen for 30 days or more',
    },
    {
      name: 'New',
      value: summary?.new_count,
      tone: 'accent',
      search: { status: 'new' },
      title: 'Added in the last 24 hours',
    },
    {
      name: 'Low disk space',
      value: summary?.low_disk_space_count,
      tone: 'bad',
      search: { low_disk_space: lowDisk },
      title: `Less than ${lowDisk} GB free`,
    },
  ];
  return (
    <ul className={styles.tiles} aria-label="Hosts by status" aria-busy={summary === undefined}>
      {tiles.map(({ name, value, tone, search, title }) =>
        summary && value === undefined ? null : (
          <li key={name}>
            <Link to="/hosts/manage" search={{ ...scope, ...search }} title={title}>
              <Tile tone={tone} name={name}>
                {value === undefined ? '\u00a0' : count(value)}
              </Tile>
            </Link>
          </li>
        ),
      )}
    </ul>
  );
}

function Tile({ tone, name, children }: { tone: Tone; name: string; children: ReactNode }) {
  return (
    <>
      <span className={styles.number}>{children}</span>
      <StatusDot tone={tone}>{name}</StatusDot>
    </>
  );
}
