import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Lock, Network, Plus, SearchX } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { teamListQuery, type Team } from '@/api/teams';
import { Button } from '@/components/Button';
import { DataTable } from '@/components/DataTable';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { SearchInput, Toolbar } from '@/components/Toolbar';
import { plural } from '@/lib/format';
import { can } from '@/lib/permissions';
import { teamColumns } from './columns';
import type { TeamsSearch } from './search';
import { TeamDialog } from './TeamDialogs';

interface Props {
  search: TeamsSearch;
  onSearch: (part: Partial<TeamsSearch>, how?: 'replace') => void;
}

/** The teams that the viewer administers, or whose secrets the viewer may see. */
export function TeamsPage({ search, onSearch }: Props) {
  const navigate = useNavigate();
  const me = useQuery(meQuery).data?.user;
  const list = useQuery({ ...teamListQuery, enabled: me !== undefined });
  const [creating, setCreating] = useState(false);
  const mine = (list.data ?? []).filter(
    ({ id }) => can(me, 'teams.write', id) || can(me, 'secrets.read', id),
  );
  const sort = {
    key: search.order_key ?? 'name',
    direction: search.order_direction ?? ('asc' as const),
  };
  const rows = arrange(mine, search.query, sort);
  const add = can(me, 'teams.create') && (
    <Button look="primary" icon={<Plus />} onClick={() => setCreating(true)}>
      Create team
    </Button>
  );
  const open = (team: Team) =>
    void navigate({
      to: '/settings/teams/$tab',
      params: { tab: 'members' },
      search: { team_id: team.id },
    });

  return (
    <Page
      title="Teams"
      section="Settings"
      facts={<span>{list.data ? plural(mine.length, 'team') : ' '}</span>}
      actions={add}
    >
      <Card flush>
        {mine.length > 0 && (
          <Toolbar>
            <SearchInput
              label="Search teams"
              placeholder="Search by name"
              value={search.query ?? ''}
              onChange={(query) => onSearch({ query: query || undefined }, 'replace')}
              primary
            />
          </Toolbar>
        )}
        {list.error ? (
          <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
        ) : list.isPending ? (
          <Skeleton lines={5} />
        ) : rows.length > 0 ? (
          <DataTable
            caption="Teams"
            columns={teamColumns}
            rows={rows}
            rowName={(team) => team.name}
            sort={sort}
            onSort={(next) =>
              onSearch({
                order_key: next.key === 'name' ? undefined : (next.key as TeamsSearch['order_key']),
                order_direction: next.direction === 'asc' ? undefined : 'desc',
              })
            }
            onOpen={open}
          />
        ) : search.query ? (
          <EmptyState
            icon={<SearchX />}
            title="No team matches"
            action={<Button onClick={() => onSearch({ query: undefined })}>Clear search</Button>}
          />
        ) : can(me, 'teams.create') ? (
          <EmptyState icon={<Network />} title="No teams yet" action={add}>
            A team is a group of hosts with its own members, settings, queries and enroll secrets.
            Hosts join it by the secret that they enroll with, or are moved to it.
          </EmptyState>
        ) : (
          <EmptyState icon={<Lock />} title="You administer no team">
            Ask an administrator to give you the role on a team.
          </EmptyState>
        )}
      </Card>
      {creating && <TeamDialog onClose={() => setCreating(false)} onSaved={(team) => open(team)} />}
    </Page>
  );
}

/** There are few teams, and all of them are here: no need to ask the server again. */
export function arrange(
  teams: readonly Team[],
  query: string | undefined,
  sort: { key: string; direction: 'asc' | 'desc' },
): Team[] {
  const needle = query?.toLowerCase() ?? '';
  const sign = sort.direction === 'asc' ? 1 : -1;
  const number = (team: Team) =>
    sort.key === 'host_count' ? team.host_count : sort.key === 'user_count' ? team.user_count : 0;
  return teams
    .filter(({ name }) => name.toLowerCase().includes(needle))
    .sort((a, b) => sign * (number(a) - number(b) || a.name.localeCompare(b.name)));
}
