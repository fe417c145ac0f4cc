import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { hostActivitiesQuery } from '@/api/activities';
import type { ApiError } from '@/api/client';
import { ActivityList } from '@/components/ActivityList';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { StepPager } from '@/components/Toolbar';

const route = getRouteApi('/shell/hosts/$hostId/activity');

/** `/hosts/:id/activity` */
export function ActivityTab() {
  const { hostId } = route.useParams();
  const { page = 0 } = route.useSearch();
  const navigate = useNavigate();
  const list = useQuery(hostActivitiesQuery(Number(hostId), page));
  const rows = list.data?.rows ?? [];
  return (
    <Card flush>
      {list.isPending ? (
        <Skeleton lines={6} />
      ) : list.error ? (
        <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState compact title="Nothing has been done to this host">
          Scripts, installations and the like appear here.
        </EmptyState>
      ) : (
        <ActivityList label="Activity of this host" rows={rows} />
      )}
      {(page > 0 || list.data?.more) && (
        <StepPager
          page={page}
          perPage={20}
          shown={rows.length}
          more={list.data?.more ?? false}
          onPage={(next) =>
            void navigate({
              to: '/hosts/$hostId/activity',
              params: { hostId },
              search: { page: next || undefined },
            })
          }
        />
      )}
    </Card>
  );
}
