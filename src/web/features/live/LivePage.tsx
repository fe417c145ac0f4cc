import { useState, type ReactNode } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Play, Save } from 'lucide-react';
import { Link } from '@tanstack/react-router';
import { queries, savedQueryQuery, targetCountQuery } from '@/api/queries';
import type { ApiError } from '@/api/client';
import type { Targets } from '@/api/types';
import { Button, buttonClass } from '@/components/Button';
import { FormError } from '@/components/Field';
import { Card, Page } from '@/components/Page';
import { SqlWorkbench } from '@/components/SqlWorkbench';
import { ErrorPanel, Skeleton } from '@/components/States';
import { sqlFromSearch, sqlToSearch } from '@/lib/draft';
import { LiveRunView } from './LiveRunView';
import { recall, remember } from './runs';
import type { LiveSearch } from './search';
import { TargetPicker } from './TargetPicker';
import styles from './Live.module.css';

interface Props {
  queryId?: number;
  search: LiveSearch;
  /** A query that is not a saved one, such as that of a policy. */
  start?: { name: string; query: string };
  section?: string;
  back?: ReactNode;
}

/** `/queries/new/live`, `/queries/:id/live` and `/policies/:id/live`. */
export function LivePage({ queryId, search, ...rest }: Props) {
  const saved = useQuery({ ...savedQueryQuery(queryId ?? 0), enabled: queryId !== undefined });
  if (queryId !== undefined && saved.isPending) return <Skeleton lines={8} />;
  if (saved.error) {
    return (
      <Page title="Live query" section="Queries">
        <Card>
          <ErrorPanel
            title="The query could not be loaded"
            error={saved.error as ApiError}
            onRetry={() => void saved.refetch()}
          />
        </Card>
      </Page>
    );
  }
  return <Composer search={search} saved={saved.data} {...rest} />;
}

function Composer({
  search,
  saved,
  start: begin,
  section = 'Queries',
  back,
}: Omit<Props, 'queryId'> & { saved?: { id: number; name: string; query: string } }) {
  const navigate = useNavigate();
  const { campaign } = search;
  const [sql, setSql] = useState(
    () =>
      (campaign === undefined ? undefined : recall(campaign)?.sql) ||
      sqlFromSearch(search) ||
      (saved?.query ?? begin?.query ?? ''),
  );
  const [editing, setEditing] = useState(campaign === undefined);
  const targets: Targets = {
    hosts: search.hosts ?? [],
    labels: search.labels ?? [],
    teams: search.teams ?? [],
  };
  const chosen = targets.hosts.length + targets.labels.length + targets.teams.length > 0;
  const counts = useQuery({ ...targetCountQuery(targets, saved?.id), enabled: chosen });

  const unchanged = saved !== undefined && sql.trim() === saved.query.trim();
  const run = useMutation({
    mutationFn: (on: Targets) => queries.run(sql, unchanged ? saved.id : undefined, on),
    onSuccess: (started, on) => {
      remember({
        campaign: started.id,
        sql,
        queryId: unchanged ? saved.id : undefined,
        startedAt: Date.now(),
      });
      setEditing(false);
      void navigate({
        to: '.',
        search: {
          ...sqlToSearch(sql),
          hosts: on.hosts,
          labels: on.labels,
          teams: on.teams,
          verdict: search.verdict,
          // What matters about a yes-or-no question is who said what.
          tab: search.verdict ? 'hosts' : undefined,
          campaign: started.id,
        } as never,
      });
    },
  });

  const setTargets = (next: Targets) =>
    void navigate({
      to: '.',
      search: (previous: object) =>
        ({
          ...previous,
          hosts: next.hosts,
          labels: next.labels,
          teams: next.teams,
        }) as never,
      replace: true,
    });

  const name = saved?.name ?? begin?.name ?? 'Live query';
  const none = chosen && counts.data?.targets_count === 0;
  const ready = sql.trim() !== '' && chosen && counts.data !== undefined && !none;
  const start = () => {
    if (ready && !run.isPending) run.mutate(targets);
  };

  const composer = (
    <div className={styles.composer}>
      <Card>
        <div className={styles.stack}>
          <SqlWorkbench value={sql} onChange={setSql} onSubmit={start} live />
          <p className={styles.note}>
            <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs, <kbd>Esc</kbd> then <kbd>Tab</kbd> leaves the
            editor.
          </p>
        </div>
      </Card>
      <Card title="Targets">
        <div className={styles.stack}>
          <TargetPicker targets={targets} onChange={setTargets} />
        </div>
      </Card>
    </div>
  );

  return (
    <Page
      title={name}
      documentTitle={name === 'Live query' ? name : `Live: ${name}`}
      section={section}
      back={
        back ??
        (saved ? (
          <Link to="/queries/$queryId" params={{ queryId: String(saved.id) }}>
            <ArrowLeft aria-hidden /> {saved.name}
          </Link>
        ) : (
          <Link to="/queries/manage">
            <ArrowLeft aria-hidden /> Queries
          </Link>
        ))
      }
      facts={
        editing ? (
          <span aria-live="polite">
            {!chosen && 'Choose who to ask, then run.'}
            {none && 'No host matches these targets.'}
            {chosen && counts.error && counts.error.message}
            {chosen && !none && counts.data && <TargetSummary {...counts.data} />}
          </span>
        ) : undefined
      }
      actions={
        editing && (
          <>
            {!unchanged && !begin && sql.trim() !== '' && (
              <Link
                to="/queries/new"
                search={sqlToSearch(sql)}
                className={buttonClass({ look: 'secondary' })}
              >
                <Save aria-hidden /> Save query
              </Link>
            )}
            <Button
              look="primary"
              icon={<Play />}
              disabled={!ready}
              busy={run.isPending}
              onClick={start}
            >
              Run
            </Button>
          </>
        )
      }
    >
      <FormError>{run.error ? (run.error as ApiError).summary() : null}</FormError>
      {editing && composer}
      {campaign !== undefined && (
        <LiveRunView
          key={campaign}
          campaign={campaign}
          search={search}
          sql={sql}
          name={name}
          editing={editing}
          onEdit={() => setEditing(!editing)}
          canRun={sql.trim() !== ''}
          onRunAgain={() => run.mutate(targets)}
          onRunOn={(hosts) => run.mutate({ hosts, labels: [], teams: [] })}
          starting={run.isPending}
        />
      )}
    </Page>
  );
}

function TargetSummary({
  targets_count: total,
  targets_online: online,
}: {
  targets_count: number;
  targets_online: number;
}) {
  const share = total > 0 ? Math.round((online / total) * 100) : 0;
  return (
    <>
      <strong>{total.toLocaleString('en')}</strong> {total === 1 ? 'host' : 'hosts'} targeted,{' '}
      {share}% online
    </>
  );
}
