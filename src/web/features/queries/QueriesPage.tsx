import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { FileSearch, Plus, SearchX, Trash2 } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { queries as api, queryListQuery } from '@/api/queries';
import { teamNamesQuery } from '@/api/teamList';
import { Button, buttonClass } from '@/components/Button';
import { DataTable } from '@/components/DataTable';
import { ConfirmDialog } from '@/components/Dialog';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { TeamSwitcher } from '@/components/TeamSwitcher';
import { toast } from '@/components/Toast';
import { FilterSelect, Pager, SearchInput, SelectionBar, Toolbar } from '@/components/Toolbar';
import { plural } from '@/lib/format';
import { can } from '@/lib/permissions';
import { inheritedColumns, queryColumns } from './columns';
import type { QueriesSearch } from './search';

interface Props {
  search: QueriesSearch;
  onSearch: (part: Partial<QueriesSearch>, how?: 'replace') => void;
}

const nothing: ReadonlySet<number> = new Set();

export function QueriesPage({ search, onSearch }: Props) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const teams = useQuery(teamNamesQuery).data ?? [];
  const team = search.team_id;
  const writes = can(me, 'queries.write', team || null);
  const page = search.page ?? 0;
  const perPage = search.per_page ?? 50;
  const sort = {
    key: search.order_key ?? 'name',
    direction: search.order_direction ?? ('asc' as const),
  };
  const list = useQuery(
    queryListQuery({
      team_id: team,
      merge_inherited: team === undefined ? undefined : true,
      query: search.query,
      platform: search.platform,
      page,
      per_page: perPage,
      order_key: sort.key,
      order_direction: sort.direction,
    }),
  );
  const [selected, setSelected] = useState(nothing);
  const [deleting, setDeleting] = useState(false);
  const rows = list.data?.rows ?? [];
  const own = rows.filter((query) => query.team_id === (team || null));
  const filtered = search.query !== undefined || search.platform !== undefined;
  const narrow = (part: Partial<QueriesSearch>, how?: 'replace') => {
    setSelected(nothing);
    onSearch({ ...part, page: undefined }, how);
  };
  const clear = () => narrow({ query: undefined, platform: undefined });
  const add = writes && (
    <Link
      to="/queries/new"
      search={{ team_id: team || undefined }}
      className={buttonClass({ look: 'primary' })}
    >
      <Plus aria-hidden /> Add query
    </Link>
  );

  return (
    <Page
      title="Queries"
      section="Queries"
      beside={
        <TeamSwitcher
          teams={teams}
          value={team}
          withNoTeam={false}
          onChange={(team_id) => narrow({ team_id })}
        />
      }
      facts={
        <span>
          {list.data?.total !== undefined ? plural(list.data.total, 'query', 'queries') : ' '}
        </span>
      }
      actions={add}
    >
      <Card flush>
        <Toolbar>
          <SearchInput
            label="Search queries"
            placeholder="Search by name"
            value={search.query ?? ''}
            onChange={(query) => narrow({ query: query || undefined }, 'replace')}
            primary
          />
          <FilterSelect
            label="Platform"
            value={search.platform ?? ''}
            onChange={(value) =>
              narrow({ platform: (value || undefined) as QueriesSearch['platform'] })
            }
          >
            <option value="">All</option>
            <option value="macos">macOS</option>
            <option value="windows">Windows</option>
            <option value="linux">Linux</option>
          </FilterSelect>
          {filtered && (
            <Button look="quiet" onClick={clear}>
              Clear filters
            </Button>
          )}
        </Toolbar>
        {selected.size > 0 && (
          <SelectionBar onClear={() => setSelected(nothing)}>
            <strong>{plural(selected.size, 'query', 'queries')} selected</strong>
            <Button size="s" icon={<Trash2 />} onClick={() => setDeleting(true)}>
              Delete
            </Button>
          </SelectionBar>
        )}
        {list.isPending ? (
          <Skeleton lines={8} />
        ) : list.error ? (
          <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
        ) : rows.length > 0 ? (
          <DataTable
            caption="Queries"
            columns={team === undefined ? queryColumns : inheritedColumns}
            rows={rows}
            rowName={(query) => query.name}
            sort={sort}
            stale={list.isPlaceholderData}
            onSort={(next) =>
              onSearch({
                order_key: next.key === 'name' ? undefined : next.key,
                order_direction: next.direction === 'asc' ? undefined : 'desc',
                page: undefined,
              })
            }
            selection={
              writes
                ? {
                    ids: selected,
                    // Inherited ones are managed elsewhere.
                    onChange: (ids) =>
                      setSelected(new Set(own.map(({ id }) => id).filter((id) => ids.has(id)))),
                  }
                : undefined
            }
            onOpen={(query) =>
              void navigate({ to: '/queries/$queryId', params: { queryId: String(query.id) } })
            }
          />
        ) : filtered ? (
          <EmptyState
            icon={<SearchX />}
            title="No query matches"
            action={<Button onClick={clear}>Clear filters</Button>}
          />
        ) : page > 0 ? (
          <EmptyState
            title="This page is empty"
            action={<Button onClick={() => onSearch({ page: undefined })}>First page</Button>}
          />
        ) : (
          <EmptyState icon={<FileSearch />} title="No saved queries yet" action={add}>
            {writes
              ? 'Save a query to run it again, or give it a frequency: hosts then run it on their own and the rows are kept here.'
              : 'An administrator or maintainer can save queries.'}
          </EmptyState>
        )}
        {(rows.length > 0 || page > 0) && (
          <Pager
            page={page}
            perPage={perPage}
            shown={rows.length}
            total={list.data?.total}
            onPage={(next) => onSearch({ page: next || undefined })}
            onPerPage={(size) =>
              onSearch({
                per_page: size === 50 ? undefined : (size as QueriesSearch['per_page']),
                page: undefined,
              })
            }
          />
        )}
      </Card>
      {deleting && (
        <ConfirmDialog
          title={`Delete ${plural(selected.size, 'query', 'queries')}?`}
          action="Delete"
          onClose={() => setDeleting(false)}
          onConfirm={async () => {
            await api.removeMany([...selected]);
            toast.ok(`${plural(selected.size, 'query', 'queries')} deleted.`);
            setSelected(nothing);
            await cache.invalidateQueries({ queryKey: ['queries'] });
          }}
        >
          <p>Hosts stop running them and their stored rows are removed.</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}
