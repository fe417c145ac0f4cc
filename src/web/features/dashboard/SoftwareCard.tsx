import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ApiError } from '@/api/client';
import { titlesQuery } from '@/api/software';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { count } from '@/lib/format';
import styles from './Dashboard.module.css';

/** What most hosts have. */
export function SoftwareCard({ team }: { team: number | undefined }) {
  const list = useQuery(
    titlesQuery({
      team_id: team,
      page: 0,
      per_page: 8,
      order_key: 'hosts_count',
      order_direction: 'desc',
    }),
  );
  const rows = list.data?.rows ?? [];
  return (
    <Card
      title="Software"
      actions={
        <Link to="/software/titles" search={{ team_id: team }}>
          All software
        </Link>
      }
      flush
    >
      {list.isPending ? (
        <Skeleton lines={5} />
      ) : list.error ? (
        <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState compact title="No software is known yet">
          Hosts send their inventory with their details, about once an hour.
        </EmptyState>
      ) : (
        <ul className={styles.lines}>
          {rows.map((title) => (
            <li key={title.id}>
              <span className={styles.lineName}>
                <Link
                  to="/software/titles/$titleId"
                  params={{ titleId: String(title.id) }}
                  search={{ team_id: team }}
                >
                  {title.display_name || title.name}
                </Link>
              </span>
              <Link
                to="/hosts/manage"
                search={{ software_title_id: title.id, team_id: team }}
                className={styles.lineCount}
              >
                {count(title.hosts_count)} {title.hosts_count === 1 ? 'host' : 'hosts'}
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
