import { Link } from '@tanstack/react-router';
import type { Policy } from '@/api/policies';
import { Badge } from '@/components/Badge';
import type { Column } from '@/components/DataTable';
import { HostsOfPolicy } from '@/components/PassFail';
import { Ago } from '@/components/Time';
import { platformNames } from '@/lib/format';
import styles from './Policies.module.css';

/** The columns as seen from a team, or from all of them. */
export function policyColumns(
  team: number | undefined,
  automated: ReadonlySet<number>,
): readonly Column<Policy>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortKey: 'name',
      maxWidth: '460px',
      cell: (policy) => (
        <>
          <Link
            to="/policies/$policyId"
            params={{ policyId: String(policy.id) }}
            search={{ team_id: team }}
            className={styles.name}
            title={policy.description || policy.name}
          >
            {policy.name}
          </Link>{' '}
          {policy.critical && <Badge tone="bad">Critical</Badge>}{' '}
          {team !== undefined && policy.team_id === null && (
            <Badge title="A policy of all teams; it is managed there.">Inherited</Badge>
          )}
        </>
      ),
    },
    {
      id: 'passing',
      header: 'Pass',
      sortKey: 'passing_host_count',
      numeric: true,
      cell: (policy) => <HostsOfPolicy policy={policy} response="passing" team={team} />,
    },
    {
      id: 'failing',
      header: 'Fail',
      sortKey: 'failing_host_count',
      numeric: true,
      cell: (policy) => <HostsOfPolicy policy={policy} response="failing" team={team} />,
    },
    { id: 'platform', header: 'Platforms', cell: (policy) => platformNames(policy.platform) },
    {
      id: 'automations',
      header: 'Automations',
      cell: (policy) => (automated.has(policy.id) ? <Badge tone="accent">Webhook</Badge> : 'Off'),
    },
    {
      id: 'updated_at',
      header: 'Last modified',
      sortKey: 'updated_at',
      cell: (policy) => <Ago at={policy.updated_at} />,
    },
  ];
}
