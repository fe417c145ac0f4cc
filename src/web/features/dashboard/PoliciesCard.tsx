import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ApiError } from '@/api/client';
import { policyListQuery } from '@/api/policies';
import { Badge } from '@/components/Badge';
import { buttonClass } from '@/components/Button';
import { PassFail } from '@/components/PassFail';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import styles from './Dashboard.module.css';

/** Where most hosts fail. */
export function PoliciesCard({ team }: { team: number | undefined }) {
  const list = useQuery(
    policyListQuery({
      team_id: team,
      page: 0,
      per_page: 8,
      order_key: 'failing_host_count',
      order_direction: 'desc',
    }),
  );
  const rows = list.data ?? [];
  return (
    <Card
      title="Policies"
      actions={
        <Link to="/policies/manage" search={{ team_id: team }}>
          All policies
        </Link>
      }
      flush
    >
      {list.isPending ? (
        <Skeleton lines={5} />
      ) : list.error ? (
        <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState
          compact
          title="No policies yet"
          action={
            <Link to="/policies/new" search={{ team_id: team }} className={buttonClass()}>
              Add a policy
            </Link>
          }
        >
          A policy asks a yes-or-no question of every host, again and again.
        </EmptyState>
      ) : (
        <ul className={styles.lines}>
          {rows.map((policy) => (
            <li key={policy.id}>
              <span className={styles.lineName}>
                <Link
                  to="/policies/$policyId"
                  params={{ policyId: String(policy.id) }}
                  search={{ team_id: team }}
                >
                  {policy.name}
                </Link>{' '}
                {policy.critical && <Badge tone="bad">Critical</Badge>}
              </span>
              <PassFail policy={policy} team={team} />
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
