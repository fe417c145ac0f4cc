import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Pencil, Trash2, Zap } from 'lucide-react';
import { configQuery, meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { queries as api, reportQuery, savedQueryQuery } from '@/api/queries';
import type { Query, User } from '@/api/types';
import { Button, buttonClass } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { Card, Page } from '@/components/Page';
import { SqlEditor } from '@/components/SqlEditor';
import { Banner, EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Ago, UpdatedAgo } from '@/components/Time';
import { toast } from '@/components/Toast';
import type { GridSort } from '@/components/VirtualGrid';
import { frequency, platformNames, plural } from '@/lib/format';
import { can } from '@/lib/permissions';
import { SavedWarnings } from './SavedWarnings';
import { ReportTable } from './ReportTable';
import styles from './Queries.module.css';

interface Props {
  queryId: number;
  sort: GridSort | null;
  onSort: (sort: GridSort | null) => void;
}

/** A saved query and the rows that hosts have reported for it. */
export function ReportPage({ queryId, sort, onSort }: Props) {
  const query = useQuery(savedQueryQuery(queryId));
  const back = (
    <Link to="/queries/manage">
      <ArrowLeft aria-hidden /> Queries
    </Link>
  );
  if (query.data) {
    return <Loaded query={query.data} back={back} sort={sort} onSort={onSort} />;
  }
  const error = query.error as ApiError | null;
  return (
    <Page title="Query" section="Queries" back={back}>
      <Card flush>
        {error?.status === 404 ? (
          <EmptyState
            title="This query does not exist"
            action={
              <Link to="/queries/manage" className={buttonClass()}>
                Show all queries
              </Link>
            }
          >
            It may have been deleted.
          </EmptyState>
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Card>
    </Page>
  );
}

function Loaded({
  query,
  back,
  sort,
  onSort,
}: {
  query: Query;
  back: React.ReactNode;
  sort: GridSort | null;
  onSort: (sort: GridSort | null) => void;
}) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const config = useQuery(configQuery).data;
  const report = useQuery(reportQuery(query.id));
  const [deleting, setDeleting] = useState(false);
  const rows = report.data?.results ?? [];
  const id = String(query.id);

  return (
    <Page
      title={query.name}
      section="Queries"
      back={back}
      actions={
        <>
          {mayRun(me, query) && (
            <Link to="/queries/$queryId/live" params={{ queryId: id }} className={buttonClass()}>
              <Zap aria-hidden /> Live query
            </Link>
          )}
          {can(me, 'queries.write', query.team_id) && (
            <>
              <Button icon={<Trash2 />} onClick={() => setDeleting(true)}>
                Delete
              </Button>
              <Link
                to="/queries/$queryId/edit"
                params={{ queryId: id }}
                className={buttonClass({ look: 'primary' })}
              >
                <Pencil aria-hidden /> Edit query
              </Link>
            </>
          )}
        </>
      }
    >
      <SavedWarnings query={query} />
      <Card>
        <div className={styles.stack}>
          {query.description && <p className={styles.description}>{query.description}</p>}
          <SqlEditor value={query.query} label="Query" readOnly />
          <dl className={styles.facts}>
            <Fact name="Frequency">
              {query.interval > 0 ? frequency(query.interval) : 'Not scheduled'}
            </Fact>
            <Fact name="Platforms">{platformNames(query.platform)}</Fact>
            <Fact name="Automations">{query.automations_enabled ? 'On' : 'Off'}</Fact>
            <Fact name="Last modified">
              <Ago at={query.updated_at} />
              {query.author_name && ` by ${query.author_name}`}
            </Fact>
          </dl>
        </div>
      </Card>
      <Card
        title="Rows"
        actions={report.dataUpdatedAt > 0 && <UpdatedAgo at={report.dataUpdatedAt} />}
        flush
      >
        {report.data?.report_clipped && <LeftOut hosts={report.data.left_out_hosts ?? []} />}
        {report.isPending ? (
          <Skeleton lines={6} />
        ) : report.error ? (
          <ErrorPanel error={report.error as ApiError} onRetry={() => void report.refetch()} />
        ) : rows.length === 0 ? (
          <NoRows query={query} storageOff={config?.server_settings.query_reports_disabled} />
        ) : (
          <ReportTable name={query.name} rows={rows} sort={sort} onSort={onSort} />
        )}
      </Card>
      {deleting && (
        <ConfirmDialog
          title={`Delete “${query.name}”?`}
          action="Delete query"
          onClose={() => setDeleting(false)}
          onConfirm={async () => {
            await api.removeMany([query.id]);
            toast.ok(`“${query.name}” was deleted.`);
            await navigate({ to: '/queries/manage' });
            void cache.invalidateQueries({ queryKey: ['queries'] });
          }}
        >
          <p>Hosts stop running it and its stored rows are removed.</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}

function Fact({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

function mayRun(user: User | undefined, query: Query): boolean {
  return (
    can(user, 'queries.run_sql') || (query.observer_can_run && user?.global_role === 'observer')
  );
}

/** Which hosts' rows are not stored. */
function LeftOut({ hosts }: { hosts: readonly { host_id: number; host_name: string }[] }) {
  const named = hosts.slice(0, 5);
  return (
    <Banner kind="warn">
      Not every host's rows are stored
      {named.length > 0 && ': '}
      {named.map((host, index) => (
        <span key={host.host_id}>
          {index > 0 && ', '}
          <Link to="/hosts/$hostId/details" params={{ hostId: String(host.host_id) }}>
            {host.host_name}
          </Link>
        </span>
      ))}
      {hosts.length > named.length && ` and ${plural(hosts.length - named.length, 'other')}`}. Have
      the query return fewer rows, or run it on fewer hosts.
    </Banner>
  );
}

/** Says why there is nothing, and what would change that. */
function NoRows({ query, storageOff }: { query: Query; storageOff: boolean | undefined }) {
  if (storageOff) {
    return (
      <EmptyState compact title="Rows are not stored">
        The server is set to keep no query results. Run the query live to see rows.
      </EmptyState>
    );
  }
  if (query.interval === 0) {
    return (
      <EmptyState compact title="This query has no frequency">
        Give it a frequency and hosts run it on their own, or run it live now.
      </EmptyState>
    );
  }
  if (query.discard_data) {
    return (
      <EmptyState compact title="This query discards its data">
        {query.automations_enabled
          ? 'Its results go to the log destination only.'
          : 'Turn off “Discard data” to keep rows here.'}
      </EmptyState>
    );
  }
  if (query.logging !== 'snapshot') {
    return (
      <EmptyState compact title="This query logs differences">
        Only snapshot queries keep their rows here.
      </EmptyState>
    );
  }
  return (
    <EmptyState compact title="Waiting for the first rows">
      Hosts run it {frequency(query.interval).toLowerCase()}. They learn about it within a minute; a
      query without matching rows stays empty.
    </EmptyState>
  );
}
