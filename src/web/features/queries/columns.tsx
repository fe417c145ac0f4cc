import { Link } from '@tanstack/react-router';
import type { Query, QueryStats } from '@/api/types';
import { Badge, type Tone } from '@/components/Badge';
import type { Column } from '@/components/DataTable';
import { Ago } from '@/components/Time';
import { empty, frequency, platformNames } from '@/lib/format';
import styles from './Queries.module.css';

/** The columns; in a team's list those of all teams are marked. */
function columnsOf(inTeam: boolean): readonly Column<Query>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortKey: 'name',
      maxWidth: '460px',
      cell: (query) => (
        <>
          <Link
            to="/queries/$queryId"
            params={{ queryId: String(query.id) }}
            className={styles.name}
            title={query.description || query.name}
          >
            {query.name}
          </Link>{' '}
          {query.observer_can_run && (
            <Badge title="Observers can run this query live.">Observers can run</Badge>
          )}{' '}
          {query.discard_data && <Badge title="Rows are not stored.">Discards data</Badge>}{' '}
          {inTeam && query.team_id === null && (
            <Badge title="A query of all teams; it is managed there.">Inherited</Badge>
          )}
        </>
      ),
    },
    { id: 'platform', header: 'Platforms', cell: (query) => platformNames(query.platform) },
    { id: 'interval', header: 'Frequency', cell: (query) => frequency(query.interval) },
    { id: 'impact', header: 'Performance impact', cell: (query) => <Impact stats={query.stats} /> },
    {
      id: 'automations',
      header: 'Automations',
      cell: (query) =>
        !query.automations_enabled ? (
          'Off'
        ) : query.interval > 0 ? (
          'On'
        ) : (
          <span title="Results are logged once the query has a frequency.">Paused</span>
        ),
    },
    { id: 'author', header: 'Author', cell: (query) => query.author_name || empty },
    {
      id: 'updated_at',
      header: 'Last modified',
      sortKey: 'updated_at',
      cell: (query) => <Ago at={query.updated_at} />,
    },
  ];
}

export const queryColumns = columnsOf(false);
export const inheritedColumns = columnsOf(true);

/** Milliseconds of processor time that the median run takes. */
function Impact({ stats }: { stats: QueryStats | null }) {
  if (!stats?.total_executions) {
    return <span title="No host has reported a run yet.">Undetermined</span>;
  }
  const time = (stats.system_time_p50 ?? 0) + (stats.user_time_p50 ?? 0);
  const [text, tone]: [string, Tone] =
    time < 2000 ? ['Minimal', 'ok'] : time < 4000 ? ['Considerable', 'warn'] : ['Excessive', 'bad'];
  return (
    <Badge tone={tone} title={`${Math.round(time)} ms of processor time per run (median).`}>
      {text}
    </Badge>
  );
}
