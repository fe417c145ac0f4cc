import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { activitiesQuery } from '@/api/activities';
import type { ApiError } from '@/api/client';
import { ActivityList } from '@/components/ActivityList';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';

/** The last things that people and the server did. */
export function ActivityCard() {
  const list = useQuery(activitiesQuery({ page: 0, per_page: 8 }));
  const rows = list.data?.rows ?? [];
  return (
    <Card title="Activity" actions={<Link to="/activity">All activity</Link>} flush>
      {list.isPending ? (
        <Skeleton lines={6} />
      ) : list.error ? (
        <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState compact title="Nothing has happened yet">
          Who changed what, and when, is listed here.
        </EmptyState>
      ) : (
        <ActivityList label="Latest activity" rows={rows} />
      )}
    </Card>
  );
}
