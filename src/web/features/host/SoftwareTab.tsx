import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import type { ApiError } from '@/api/client';
import { hostSoftwareQuery, type HostSoftware } from '@/api/software';
import { Badge } from '@/components/Badge';
import { Button } from '@/components/Button';
import { DataTable, type Column } from '@/components/DataTable';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Ago } from '@/components/Time';
import { Pager, SearchInput, Toolbar } from '@/components/Toolbar';
import { empty } from '@/lib/format';
import { sourceName } from '@/lib/softwareSource';
import type { HostSoftwareSearch } from './search';
import styles from './Host.module.css';

const route = getRouteApi('/shell/hosts/$hostId/software');
const perPage = 50;

const columns: readonly Column<HostSoftware>[] = [
  {
    id: 'name',
    header: 'Name',
    sortKey: 'name',
    maxWidth: '380px',
    cell: (software) => (
      <Link
        to="/software/titles/$titleId"
        params={{ titleId: String(software.id) }}
        className={styles.name}
        title={software.name}
      >
        {software.display_name || software.name}
      </Link>
    ),
  },
  {
    id: 'version',
    header: 'Version',
    cell: (software) =>
      (software.installed_versions ?? []).map((each) => each.version || empty).join(', ') || empty,
  },
  {
    id: 'type',
    header: 'Type',
    cell: (software) => sourceName(software.source, software.extension_for),
  },
  {
    id: 'opened',
    header: 'Last opened',
    cell: (software) => {
      const opened = (software.installed_versions ?? [])
        .map((each) => each.last_opened_at)
        .filter((at): at is string => Boolean(at))
        .sort()
        .at(-1);
      return opened ? <Ago at={opened} /> : empty;
    },
  },
  {
    id: 'vulnerabilities',
    header: 'Vulnerabilities',
    cell: (software) => {
      const known = (software.installed_versions ?? []).flatMap(
        (each) => each.vulnerabilities ?? [],
      );
      return known.length > 0 ? (
        <Badge tone="bad" title={known.join(', ')}>
          {known.length}
        </Badge>
      ) : (
        empty
      );
    },
  },
  {
    id: 'path',
    header: 'Path',
    maxWidth: '340px',
    cell: (software) => {
      const paths = (software.installed_versions ?? []).flatMap(
        (each) => each.installed_paths ?? [],
      );
      return paths.length > 0 ? <code title={paths.join('\n')}>{paths[0]}</code> : empty;
    },
  },
];

/** `/hosts/:id/software` */
export function SoftwareTab() {
  const { hostId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const page = search.page ?? 0;
  const list = useQuery(
    hostSoftwareQuery(Number(hostId), {
      query: search.query,
      page,
      per_page: perPage,
      order_key: 'name',
      order_direction: search.order_direction ?? 'asc',
    }),
  );
  const change = (part: Partial<HostSoftwareSearch>, replace = false) =>
    void navigate({
      to: '/hosts/$hostId/software',
      params: { hostId },
      search: { ...search, page: undefined, ...part },
      replace,
      resetScroll: false,
    });
  const rows = list.data?.rows ?? [];
  return (
    <Card flush>
      <Toolbar>
        <SearchInput
          label="Search software"
          placeholder="Search name"
          value={search.query ?? ''}
          onChange={(query) => change({ query: query || undefined }, true)}
          primary
        />
      </Toolbar>
      {list.isPending ? (
        <Skeleton lines={8} />
      ) : list.error ? (
        <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
      ) : rows.length > 0 ? (
        <DataTable
          caption="Software on this host"
          columns={columns}
          rows={rows}
          rowName={(software) => software.name}
          sort={{ key: 'name', direction: search.order_direction ?? 'asc' }}
          stale={list.isPlaceholderData}
          onSort={(next) =>
            change({ order_direction: next.direction === 'desc' ? 'desc' : undefined })
          }
        />
      ) : search.query ? (
        <EmptyState
          compact
          title="No software matches"
          action={<Button onClick={() => change({ query: undefined })}>Clear search</Button>}
        />
      ) : (
        <EmptyState compact title="No software is known yet">
          The host sends its inventory with its details. Refetch asks for it now.
        </EmptyState>
      )}
      {(rows.length > 0 || page > 0) && (
        <Pager
          page={page}
          perPage={perPage}
          shown={rows.length}
          total={list.data?.total}
          onPage={(next) => change({ page: next || undefined })}
        />
      )}
    </Card>
  );
}
