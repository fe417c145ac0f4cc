import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Outlet } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { hostQuery } from '@/api/hosts';
import type { HostDetail } from '@/api/types';
import { Badge } from '@/components/Badge';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { count } from '@/lib/format';
import { HostHeader } from './HostHeader';
import styles from './Host.module.css';

const route = getRouteApi('/shell/hosts/$hostId');

/** `/hosts/:id` and its tabs: what is above them stays while they change. */
export function HostRoute() {
  const { hostId } = route.useParams();
  const id = Number(hostId);
  const query = useQuery({
    ...hostQuery(Number.isSafeInteger(id) ? id : 0),
    refetchInterval: 30_000,
  });
  const back = (
    <Link to="/hosts/manage">
      <ArrowLeft aria-hidden /> Hosts
    </Link>
  );
  if (query.data) {
    return (
      <HostHeader key={hostId} host={query.data} back={back} tabs={<HostTabs host={query.data} />}>
        <Outlet />
      </HostHeader>
    );
  }
  const error = query.error as ApiError | null;
  return (
    <Page title="Host" section="Hosts" back={back}>
      <Card flush>
        {error?.status === 404 ? (
          <EmptyState
            title="This host does not exist"
            action={
              <Link to="/hosts/manage" className={buttonClass()}>
                Show all hosts
              </Link>
            }
          >
            It may have been deleted. If its agent still runs, it comes back under a new number.
          </EmptyState>
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton lines={10} />
        )}
      </Card>
    </Page>
  );
}

/** The host whose page this is; its tabs are only drawn once it is there. */
export function useHost(): HostDetail | undefined {
  const { hostId } = route.useParams();
  return useQuery(hostQuery(Number(hostId))).data;
}

function HostTabs({ host }: { host: HostDetail }) {
  const params = { hostId: String(host.id) };
  const failing = (host.policies ?? []).filter((policy) => policy.response === 'fail').length;
  return (
    <nav className={styles.tabs} aria-label="About this host">
      <Link to="/hosts/$hostId/details" params={params}>
        Details
      </Link>
      <Link to="/hosts/$hostId/software" params={params}>
        Software
      </Link>
      <Link to="/hosts/$hostId/queries" params={params}>
        Queries
      </Link>
      <Link to="/hosts/$hostId/policies" params={params}>
        Policies
        {failing > 0 && (
          <Badge tone="bad" title="Failing policies">
            {count(failing)}
          </Badge>
        )}
      </Link>
      <Link to="/hosts/$hostId/activity" params={params}>
        Activity
      </Link>
    </nav>
  );
}
