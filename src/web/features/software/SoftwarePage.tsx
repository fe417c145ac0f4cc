import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Package, SearchX } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { titlesQuery, versionsQuery, type SoftwareRequest } from '@/api/software';
import { teamNamesQuery } from '@/api/teamList';
import { Button, buttonClass } from '@/components/Button';
import { DataTable, type Column } from '@/components/DataTable';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { TeamSwitcher } from '@/components/TeamSwitcher';
import { Ago } from '@/components/Time';
import { Pager, SearchInput, Toolbar } from '@/components/Toolbar';
import { plural } from '@/lib/format';
import { titleColumns, versionColumns } from './columns';
import type { SoftwareSearch } from './search';
import styles from './Software.module.css';

type Listed = 'titles' | 'versions';
const addresses = { titles: '/software/titles', versions: '/software/versions' } as const;

/** Software by title, or version by version. */
export function SoftwarePage({ list, search }: { list: Listed; search: SoftwareSearch }) {
  const navigate = useNavigate();
  const me = useQuery(meQuery).data?.user;
  const teams = useQuery(teamNamesQuery).data ?? [];
  const versions = list === 'versions';
  const page = search.page ?? 0;
  const request: SoftwareRequest = {
    team_id: search.team_id,
    query: search.query,
    page,
    per_page: search.per_page ?? 50,
    // What most hosts have comes first.
    order_key: search.order_key ?? 'hosts_count',
    order_direction: search.order_direction ?? (search.order_key ? 'asc' : 'desc'),
  };
  const titles = useQuery({ ...titlesQuery(request), enabled: !versions });
  const all = useQuery({ ...versionsQuery(request), enabled: versions });
  const shown = versions ? all : titles;
  const change = (part: Partial<SoftwareSearch>, replace = false) =>
    void navigate({
      to: addresses[list],
      search: { ...search, page: undefined, ...part },
      replace,
      resetScroll: false,
    });
  const kind = (value: Listed, name: string) => (
    <Link
      to={addresses[value]}
      search={{ ...search, page: undefined }}
      className={styles.kind}
      aria-current={list === value ? 'page' : undefined}
      resetScroll={false}
    >
      {name}
    </Link>
  );

  return (
    <Page
      title="Software"
      section="Software"
      beside={
        <TeamSwitcher
          teams={teams}
          value={search.team_id}
          withNoTeam={Boolean(me?.global_role)}
          onChange={(team_id) => change({ team_id })}
        />
      }
      facts={
        shown.data ? (
          <>
            <span>
              {versions ? plural(shown.data.total, 'version') : plural(shown.data.total, 'title')}
            </span>
            {shown.data.countedAt && (
              <span>
                counted <Ago at={shown.data.countedAt} />
              </span>
            )}
          </>
        ) : null
      }
    >
      <Card flush>
        <Toolbar>
          <SearchInput
            label="Search software"
            placeholder={versions ? 'Search name or version' : 'Search name'}
            value={search.query ?? ''}
            onChange={(query) => change({ query: query || undefined }, true)}
            primary
          />
          <nav className={styles.kinds} aria-label="What is listed">
            {kind('titles', 'Titles')}
            {kind('versions', 'Versions')}
          </nav>
        </Toolbar>
        {shown.isPending ? (
          <Skeleton lines={9} />
        ) : shown.error ? (
          <ErrorPanel error={shown.error as ApiError} onRetry={() => void shown.refetch()} />
        ) : (shown.data?.rows.length ?? 0) === 0 ? (
          <Nothing
            searched={search.query !== undefined}
            onClear={() => change({ query: undefined })}
          />
        ) : versions ? (
          <List
            caption="Versions of software"
            columns={versionColumns(search.team_id)}
            rows={all.data?.rows ?? []}
            request={request}
            stale={all.isPlaceholderData}
            onChange={change}
            onOpen={(id) =>
              void navigate({
                to: '/software/versions/$versionId',
                params: { versionId: String(id) },
                search: { team_id: search.team_id },
              })
            }
          />
        ) : (
          <List
            caption="Software titles"
            columns={titleColumns(search.team_id)}
            rows={titles.data?.rows ?? []}
            request={request}
            stale={titles.isPlaceholderData}
            onChange={change}
            onOpen={(id) =>
              void navigate({
                to: '/software/titles/$titleId',
                params: { titleId: String(id) },
                search: { team_id: search.team_id },
              })
            }
          />
        )}
        {shown.data && (shown.data.rows.length > 0 || page > 0) && (
          <Pager
            page={page}
            perPage={request.per_page}
            shown={shown.data.rows.length}
            total={shown.data.total}
            onPage={(next) => change({ page: next || undefined })}
            onPerPage={(size) =>
              change({ per_page: size === 50 ? undefined : (size as SoftwareSearch['per_page']) })
            }
          />
        )}
      </Card>
    </Page>
  );
}

function List<Row extends { id: number; name: string }>({
  caption,
  columns,
  rows,
  request,
  stale,
  onChange,
  onOpen,
}: {
  caption: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  request: SoftwareRequest;
  stale: boolean;
  onChange: (part: Partial<SoftwareSearch>) => void;
  onOpen: (id: number) => void;
}) {
  return (
    <DataTable
      caption={caption}
      columns={columns}
      rows={rows}
      rowName={(row) => row.name}
      sort={{ key: request.order_key, direction: request.order_direction }}
      stale={stale}
      onSort={(next) => onChange({ order_key: next.key, order_direction: next.direction })}
      onOpen={(row) => onOpen(row.id)}
    />
  );
}

function Nothing({ searched, onClear }: { searched: boolean; onClear: () => void }) {
  if (searched) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No software matches"
        action={<Button onClick={onClear}>Clear search</Button>}
      />
    );
  }
  return (
    <EmptyState
      icon={<Package />}
      title="No software is known yet"
      action={
        <Link to="/hosts/manage" className={buttonClass()}>
          Show hosts
        </Link>
      }
    >
      Hosts send their inventory with their details, about once an hour.
    </EmptyState>
  );
}
