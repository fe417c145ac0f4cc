import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Laptop, Plus } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { hostSummaryQuery } from '@/api/summary';
import { teamNamesQuery } from '@/api/teamList';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel } from '@/components/States';
import { TeamSwitcher } from '@/components/TeamSwitcher';
import { UpdatedAgo } from '@/components/Time';
import { FilterSelect } from '@/components/Toolbar';
import { platformName } from '@/lib/format';
import { can } from '@/lib/permissions';
import { ActivityCard } from './ActivityCard';
import { HostCounts } from './HostCounts';
import { OnlineChart } from './OnlineChart';
import { PoliciesCard } from './PoliciesCard';
import { platforms, type DashboardSearch } from './search';
import { PlatformsCard, VersionsCard } from './SharesCards';
import { SoftwareCard } from './SoftwareCard';
import styles from './Dashboard.module.css';

const route = getRouteApi('/shell/dashboard');

/** `/dashboard` */
export function DashboardPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const me = useQuery(meQuery).data?.user;
  const teams = useQuery(teamNamesQuery).data ?? [];
  const { team_id: team, platform } = search;
  const summary = useQuery(hostSummaryQuery(team, platform));
  const change = (part: Partial<DashboardSearch>) =>
    void navigate({ to: '/dashboard', search: { ...search, ...part }, resetScroll: false });
  const noHosts = summary.data?.totals_hosts_count === 0 && !platform;

  return (
    <Page
      title="Dashboard"
      section="Dashboard"
      beside={
        <TeamSwitcher
          teams={teams}
          value={team}
          withNoTeam={Boolean(me?.global_role)}
          onChange={(team_id) => change({ team_id })}
        />
      }
      facts={summary.dataUpdatedAt > 0 && <UpdatedAgo at={summary.dataUpdatedAt} />}
      actions={
        <FilterSelect
          label="Platform"
          value={platform ?? ''}
          onChange={(value) =>
            change({ platform: (value || undefined) as DashboardSearch['platform'] })
          }
        >
          <option value="">All</option>
          {platforms.map((each) => (
            <option key={each} value={each}>
              {platformName(each)}
            </option>
          ))}
        </FilterSelect>
      }
    >
      {summary.error && !summary.data ? (
        <Card flush>
          <ErrorPanel error={summary.error as ApiError} onRetry={() => void summary.refetch()} />
        </Card>
      ) : noHosts ? (
        <FirstRun mayAdd={can(me, 'secrets.read')} team={team} />
      ) : (
        // All parts have their place from the start and fill up on their own.
        <>
          <HostCounts summary={summary.data} team={team} platform={platform} />
          <OnlineChart
            team={team}
            days={search.days ?? 7}
            onDays={(days) => change({ days: days === 7 ? undefined : days })}
            chart={search.chart ?? 'line'}
            onChart={(chart) => change({ chart: chart === 'line' ? undefined : chart })}
          />
          <div className={styles.grid}>
            {!platform && <PlatformsCard summary={summary.data} team={team} />}
            <VersionsCard team={team} platform={platform} />
            <PoliciesCard team={team} />
            {!platform && <SoftwareCard team={team} />}
          </div>
        </>
      )}
      {can(me, 'activities.read') && <ActivityCard />}
    </Page>
  );
}

/** Nothing to count yet: what to do to get there. */
function FirstRun({ mayAdd, team }: { mayAdd: boolean; team: number | undefined }) {
  return (
    <Card flush>
      <EmptyState
        icon={<Laptop />}
        title={team === undefined ? 'Add your first host' : 'This team has no hosts yet'}
        action={
          mayAdd && (
            <Link
              to="/hosts/manage"
              search={{ add_hosts: true, team_id: team }}
              className={buttonClass({ look: 'primary' })}
            >
              <Plus aria-hidden /> Add hosts
            </Link>
          )
        }
      >
        {mayAdd
          ? 'Install osquery on a machine, give it this server’s address and an enroll secret, and it appears here within seconds. The commands are ready to copy.'
          : 'An administrator or maintainer can add hosts.'}
      </EmptyState>
    </Card>
  );
}
