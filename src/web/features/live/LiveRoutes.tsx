import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { policyQuery } from '@/api/policies';
import { Card, Page } from '@/components/Page';
import { ErrorPanel, Skeleton } from '@/components/States';
import { LivePage } from './LivePage';

const newRoute = getRouteApi('/shell/queries/new/live');
const policyRoute = getRouteApi('/shell/policies/$policyId/live');
const savedRoute = getRouteApi('/shell/queries/$queryId/live');

/** `/queries/new/live` */
export function LiveNewRoute() {
  return <LivePage search={newRoute.useSearch()} />;
}

/** `/queries/:id/live` */
export function LiveSavedRoute() {
  const { queryId } = savedRoute.useParams();
  return <LivePage key={queryId} queryId={Number(queryId)} search={savedRoute.useSearch()} />;
}

/** `/policies/:id/live`: which hosts would pass now. */
export function LivePolicyRoute() {
  const id = Number(policyRoute.useParams().policyId);
  const search = policyRoute.useSearch();
  const policy = useQuery({ ...policyQuery(id), refetchInterval: false });
  if (policy.data) {
    const { name, query } = policy.data;
    return (
      <LivePage
        key={id}
        search={{ ...search, verdict: true }}
        start={{ name, query }}
        section="Policies"
        back={
          <Link to="/policies/$policyId" params={{ policyId: String(id) }}>
            <ArrowLeft aria-hidden /> {name}
          </Link>
        }
      />
    );
  }
  return (
    <Page title="Live policy" section="Policies">
      <Card flush>
        {policy.error ? (
          <ErrorPanel
            title="The policy could not be loaded"
            error={policy.error as ApiError}
            onRetry={() => void policy.refetch()}
          />
        ) : (
          <Skeleton lines={8} />
        )}
      </Card>
    </Page>
  );
}
