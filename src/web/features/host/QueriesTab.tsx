import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Download } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { hostReportQuery, hostReportsQuery, type HostReport } from '@/api/hostReports';
import { Button, buttonClass } from '@/components/Button';
import { DataTable, type Column } from '@/components/DataTable';
import { Dialog } from '@/components/Dialog';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Ago } from '@/components/Time';
import { Pager, SearchInput, Toolbar } from '@/components/Toolbar';
import { fitWidth, VirtualGrid } from '@/components/VirtualGrid';
import { downloadCsv, toCsv } from '@/lib/csv';
import { count } from '@/lib/format';
import type { HostTabSearch } from './search';
import styles from './Host.module.css';

const route = getRouteApi('/shell/hosts/$hostId/queries');
const perPage = 50;

/** `/hosts/:id/queries`: what this host has answered to scheduled queries. */
export function QueriesTab() {
  const { hostId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  const [open, setOpen] = useState<HostReport | null>(null);
  const page = search.page ?? 0;
  const list = useQuery(
    hostReportsQuery(Number(hostId), { query: search.query, page, per_page: perPage }),
  );
  const change = (part: HostTabSearch, replace = false) =>
    void navigate({
      to: '/hosts/$hostId/queries',
      params: { hostId },
      search: { ...search, page: undefined, ...part },
      replace,
      resetScroll: false,
    });
  const rows = list.data?.rows ?? [];
  const columns: Column<HostReport>[] = [
    {
      id: 'name',
      header: 'Name',
      maxWidth: '420px',
      cell: (report) => (
        <button type="button" className={styles.plainButton} onClick={() => setOpen(report)}>
          {report.name}
        </button>
      ),
    },
    {
      id: 'fetched',
      header: 'Last answer',
      cell: (report) =>
        report.discard_data ? (
          'Not kept'
        ) : report.last_fetched ? (
          <Ago at={report.last_fetched} />
        ) : (
          'Never'
        ),
    },
    {
      id: 'rows',
      header: 'Rows',
      numeric: true,
      cell: (report) => count(report.total_results_count),
    },
  ];
  return (
    <Card flush>
      <Toolbar>
        <SearchInput
          label="Search queries"
          placeholder="Search by name"
          value={search.query ?? ''}
          onChange={(query) => change({ query: query || undefined }, true)}
          primary
        />
      </Toolbar>
      {list.isPending ? (
        <Skeleton lines={6} />
      ) : list.error ? (
        <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
      ) : rows.length > 0 ? (
        <DataTable
          caption="Queries of this host"
          columns={columns}
          rows={rows}
          rowName={(report) => report.name}
          sort={{ key: '', direction: 'asc' }}
          onSort={() => undefined}
          onOpen={setOpen}
        />
      ) : search.query ? (
        <EmptyState
          compact
          title="No query matches"
          action={<Button onClick={() => change({ query: undefined })}>Clear search</Button>}
        />
      ) : (
        <EmptyState
          compact
          title="No scheduled query asks this host"
          action={
            <Link to="/queries/manage" className={buttonClass()}>
              Show queries
            </Link>
          }
        >
          Queries with a frequency that fit its platform and team appear here.
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
      {open && <Rows host={Number(hostId)} report={open} onClose={() => setOpen(null)} />}
    </Card>
  );
}

/** The rows that this host has returned. */
function Rows({
  host,
  report,
  onClose,
}: {
  host: number;
  report: HostReport;
  onClose: () => void;
}) {
  const rows = useQuery(hostReportQuery(host, report.id));
  const results = rows.data?.results ?? [];
  const names = [...new Set(results.flatMap((row) => Object.keys(row.columns)))];
  const cell = (index: number, name: string) => results[index]?.columns[name] ?? '';
  return (
    <Dialog
      title={report.name}
      wide
      onClose={onClose}
      footer={
        <>
          <Link
            to="/queries/$queryId"
            params={{ queryId: String(report.id) }}
            className={buttonClass()}
          >
            Show query
          </Link>
          <Button
            icon={<Download />}
            disabled={results.length === 0}
            onClick={() =>
              downloadCsv(
                `${report.name} ${rows.data?.host_name ?? ''}`,
                toCsv(
                  names,
                  results.map((_, index) => names.map((name) => cell(index, name))),
                ),
              )
            }
          >
            Export CSV
          </Button>
        </>
      }
    >
      {rows.isPending ? (
        <Skeleton lines={5} />
      ) : rows.error ? (
        <ErrorPanel error={rows.error as ApiError} onRetry={() => void rows.refetch()} />
      ) : results.length === 0 ? (
        <EmptyState compact title="No rows are kept">
          {report.discard_data
            ? 'The query discards its data.'
            : 'The host has not answered yet, or its answer had no rows.'}
        </EmptyState>
      ) : (
        <VirtualGrid
          caption="Rows of this host"
          rowCount={results.length}
          columns={names.map((name) => ({
            id: name,
            label: name,
            grow: true,
            width: fitWidth(
              name,
              results.slice(0, 40).map((row) => row.columns[name] ?? ''),
            ),
          }))}
          cell={(index, name) => ({ text: cell(index, name) })}
        />
      )}
    </Dialog>
  );
}
