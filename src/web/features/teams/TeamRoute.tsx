import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { ApiError } from '@/api/client';
import { teamQuery } from '@/api/teams';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { teamTab } from './search';
import { TeamPage } from './TeamPage';

const route = getRouteApi('/shell/settings/teams/$tab');

/** `/settings/teams/{members,secrets,options,settings}?team_id=` */
export function TeamRoute() {
  const { tab: name } = route.useParams();
  const { team_id: id } = route.useSearch();
  const navigate = useNavigate();
  const team = useQuery({ ...teamQuery(id ?? 0), enabled: id !== undefined });
  const tab = teamTab(name);
  if (id === undefined || tab === undefined) return <Navigate to="/settings/teams" replace />;
  if (team.data) {
    return (
      <TeamPage
        key={id}
        team={team.data}
        tab={tab}
        onTab={(next) =>
          void navigate({
            to: '/settings/teams/$tab',
            params: { tab: next },
            search: { team_id: id },
            resetScroll: false,
          })
        }
      />
    );
  }
  return (
    <Page
      title="Team"
      section="Settings"
      back={
        <Link to="/settings/teams">
          <ArrowLeft aria-hidden /> Teams
        </Link>
      }
    >
      <Card flush>
        {team.error instanceof ApiError && team.error.status === 404 ? (
          <EmptyState title="There is no such team">It may have been deleted.</EmptyState>
        ) : team.error ? (
          <ErrorPanel
            title="The team could not be loaded"
            error={team.error as ApiError}
            onRetry={() => void team.refetch()}
          />
        ) : (
          <Skeleton lines={6} />
        )}
      </Card>
    </Page>
  );
}
