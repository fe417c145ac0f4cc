import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FileSearch, Plus } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { queries as api, queryListQuery } from '@/api/queries';
import { teamNamesQuery } from '@/api/teamList';
import { buttonClass } from '@/components/Button';
import { ListPage } from '@/components/ListPage';
import { FilterSelect } from '@/components/Toolbar';
import { can } from '@/lib/permissions';
import { sortOf } from '@/lib/search';
import { inheritedColumns, queryColumns } from './columns';
import type { QueriesSearch } from './search';

interface Props {
  search: QueriesSearch;
  onSearch: (part: Partial<QueriesSearch>, how?: 'replace') => void;
}

const usual = { key: 'name', direction: 'asc' } as const;

export function QueriesPage({ search, onSearch }: Props) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery);
  const user = me.data?.user;
  const teams = useQuery(teamNamesQuery);
  const team = search.team_id;
  const writes = can(user, 'queries.write', team || null);
  const sort = sortOf(search, usual);
  const list = useQuery(
    queryListQuery({
      team_id: team,
      merge_inherited: team === undefined ? undefined : true,
      query: search.query,
      platform: search.platform,
      page: search.page ?? 0,
      per_page: search.per_page ?? 50,
      order_key: sort.key,
      order_direction: sort.direction,
    }),
  );

  return (
    <ListPage
      title="Queries"
      noun={['query', 'queries']}
      search={search}
      onSearch={onSearch}
      teams={me.isPending || teams.isPending ? undefined : (teams.data ?? [])}
      withNoTeam={false}
      list={{ ...list, data: list.data?.rows, error: list.error as ApiError | null }}
      total={list.data?.total}
      columns={team === undefined ? queryColumns : inheritedColumns}
      defaultSort={usual}
      filters={
        <FilterSelect
          label="Platform"
          value={search.platform ?? ''}
          onChange={(value) =>
            onSearch({
              platform: (value || undefined) as QueriesSearch['platform'],
              page: undefined,
            })
          }
        >
          <option value="">All</option>
          <option value="macos">macOS</option>
          <option value="windows">Windows</option>
          <option value="linux">Linux</option>
        </FilterSelect>
      }
      filtered={search.platform !== undefined}
      onClear={() => onSearch({ query: undefined, platform: undefined, page: undefined })}
      add={
        writes && (
          <Link
            to="/queries/new"
            search={{ team_id: team || undefined }}
            className={buttonClass({ look: 'primary' })}
          >
            <Plus aria-hidden /> Add query
          </Link>
        )
      }
      icon={<FileSearch />}
      about="Save a query to run it again, or give it a frequency: hosts then run it on their own and the rows are kept here."
      mayWrite={writes}
      onOpen={(query) =>
        void navigate({ to: '/queries/$queryId', params: { queryId: String(query.id) } })
      }
      remove={async (ids) => {
        await api.removeMany(ids);
        await cache.invalidateQueries({ queryKey: ['queries'] });
      }}
      loss={() => <p>Hosts stop running them and their stored rows are removed.</p>}
    />
  );
}
