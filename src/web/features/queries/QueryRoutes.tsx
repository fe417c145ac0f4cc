import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import type { ApiError } from '@/api/client';
import { savedQueryQuery } from '@/api/queries';
import { Card, Page } from '@/components/Page';
import { ErrorPanel, Skeleton } from '@/components/States';
import { sqlFromSearch } from '@/lib/draft';
import { QueryForm } from './QueryForm';

const newRoute = getRouteApi('/shell/queries/new');
const editRoute = getRouteApi('/shell/queries/$queryId/edit');

/** `/queries/new` */
export function NewQueryRoute() {
  const search = newRoute.useSearch();
  return <QueryForm sql={sqlFromSearch(search)} team={search.team_id || null} />;
}

/** `/queries/:id/edit` */
export function EditQueryRoute() {
  const id = Number(editRoute.useParams().queryId);
  const query = useQuery(savedQueryQuery(id));
  if (query.data)
    return (
      <QueryForm key={id} saved={query.data} sql={query.data.query} team={query.data.team_id} />
    );
  return (
    <Page title="Edit query" section="Queries">
      <Card flush>
        {query.error ? (
          <ErrorPanel
            title="The query could not be loaded"
            error={query.error as ApiError}
            onRetry={() => void query.refetch()}
          />
        ) : (
          <Skeleton lines={8} />
        )}
      </Card>
    </Page>
  );
}
