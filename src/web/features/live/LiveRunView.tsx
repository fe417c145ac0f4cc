import { useEffect, useState, useSyncExternalStore } from 'react';
import { useNavigate } from '@tanstack/react-router';
import { Pencil, RotateCw, Square } from 'lucide-react';
import { Badge, StatusDot, type Tone } from '@/components/Badge';
import { Button } from '@/components/Button';
import { Meter } from '@/components/Meter';
import { Card } from '@/components/Page';
import { Tabs } from '@/components/Tabs';
import { count, span } from '@/lib/format';
import { ErrorsTable } from './ErrorsTable';
import { HostsTable } from './HostsTable';
import { ResultsTable } from './ResultsTable';
import { attach, hold } from './runs';
import type { LiveSearch, LiveTab } from './search';
import type { Phase, Snapshot } from './store';
import styles from './Live.module.css';

interface Props {
  campaign: number;
  search: LiveSearch;
  sql: string;
  name: string;
  editing: boolean;
  onEdit: () => void;
  canRun: boolean;
  onRunAgain: () => void;
  onRunOn: (hosts: number[]) => void;
  starting: boolean;
}

/** One campaign: how far it is, and everything that has come back. */
export function LiveRunView(props: Props) {
  const { campaign, search, sql, name, editing, onEdit, starting } = props;
  const navigate = useNavigate();
  const [run] = useState(() => attach(campaign));
  useEffect(() => hold(campaign), [campaign]);
  const snapshot = useSyncExternalStore(run.store.subscribe, run.store.snapshot);
  const tab = search.tab ?? 'results';

  const setSearch = (change: Partial<LiveSearch>) =>
    void navigate({
      to: '.',
      search: (previous: object) => ({ ...previous, ...change }) as never,
      replace: true,
      resetScroll: false,
    });

  const tabs = [
    {
      value: 'results' as LiveTab,
      label: (
        <>
          Results <Badge>{count(snapshot.rowCount)}</Badge>
        </>
      ),
      content: (
        <ResultsTable
          snapshot={snapshot}
          name={name}
          sort={
            search.order_key === undefined
              ? null
              : { column: search.order_key, direction: search.order_direction ?? 'asc' }
          }
          onSort={(sort) =>
            setSearch({
              order_key: sort?.column,
              order_direction: sort?.direction === 'desc' ? 'desc' : undefined,
            })
          }
        />
      ),
    },
    {
      value: 'errors' as LiveTab,
      label: (
        <>
          Errors{' '}
          <Badge tone={snapshot.errorCount > 0 ? 'bad' : 'neutral'}>
            {count(snapshot.errorCount)}
          </Badge>
        </>
      ),
      content: <ErrorsTable snapshot={snapshot} name={name} />,
    },
    {
      value: 'hosts' as LiveTab,
      label: (
        <>
          Hosts <Badge>{count(snapshot.hosts.size)}</Badge>
        </>
      ),
      content: (
        <HostsTable
          snapshot={snapshot}
          name={name}
          verdict={search.verdict ?? false}
          onRunOn={props.onRunOn}
          starting={starting}
        />
      ),
    },
  ];

  return (
    <>
      <Card flush>
        <div className={styles.progress}>
          <div className={styles.line}>
            <PhaseLine snapshot={snapshot} />
            <div className={styles.buttons}>
              <Button size="s" icon={<Pencil />} aria-pressed={editing} onClick={onEdit}>
                {editing ? 'Hide query and targets' : 'Edit query and targets'}
              </Button>
              {snapshot.endedAt === null ? (
                <Button size="s" icon={<Square />} onClick={() => run.connection.stop()}>
                  Stop
                </Button>
              ) : (
                <Button
                  size="s"
                  icon={<RotateCw />}
                  busy={starting}
                  disabled={!props.canRun}
                  onClick={props.onRunAgain}
                >
                  Run again
                </Button>
              )}
            </div>
          </div>
          <Progress snapshot={snapshot} />
        </div>
        {!editing && sql && (
          <div className={styles.sql}>
            <pre tabIndex={0} aria-label="Query">
              {sql}
            </pre>
          </div>
        )}
      </Card>
      <Card flush>
        <Tabs
          label="Live query results"
          value={tab}
          onChange={(next) => setSearch({ tab: next === 'results' ? undefined : next })}
          tabs={tabs}
        />
      </Card>
    </>
  );
}

const phases: Record<Phase, { tone: Tone; text: string }> = {
  connecting: { tone: 'accent', text: 'Connecting' },
  waiting: { tone: 'accent', text: 'Waiting for the first answer' },
  running: { tone: 'accent', text: 'Running' },
  finished: { tone: 'ok', text: 'Finished' },
  stopped: { tone: 'warn', text: 'Stopped' },
  disconnected: { tone: 'warn', text: 'Connection lost, trying again' },
  failed: { tone: 'bad', text: 'Failed' },
  full: { tone: 'warn', text: 'Row limit reached' },
};

function PhaseLine({ snapshot }: { snapshot: Snapshot }) {
  const { tone, text } = phases[snapshot.phase];
  return (
    <div className={styles.phase} role="status">
      <StatusDot tone={tone}>{text}</StatusDot>
      {snapshot.problem && <span className={styles.problem}>{snapshot.problem}</span>}
      {snapshot.phase === 'finished' && snapshot.totals?.online === 0 && (
        <span className={styles.problem}>No targeted host is online.</span>
      )}
    </div>
  );
}

function Progress({ snapshot }: { snapshot: Snapshot }) {
  const online = Math.max(snapshot.expected, snapshot.totals?.online ?? 0, snapshot.answered);
  const offline = snapshot.totals?.offline ?? 0;
  return (
    <>
      <Meter
        label="Hosts that answered"
        value={snapshot.answered}
        max={online}
        tone={snapshot.phase === 'finished' ? 'ok' : 'accent'}
        busy={snapshot.endedAt === null}
      />
      <dl className={styles.figures}>
        <div>
          <dt>of {count(online)} online hosts answered</dt>
          <dd>{count(snapshot.answered)}</dd>
        </div>
        <div>
          <dt>{snapshot.rowCount === 1 ? 'row' : 'rows'}</dt>
          <dd>{count(snapshot.rowCount)}</dd>
        </div>
        <div>
          <dt>{snapshot.errorCount === 1 ? 'error' : 'errors'}</dt>
          <dd>{count(snapshot.errorCount)}</dd>
        </div>
        {offline > 0 && (
          <div>
            <dt>offline</dt>
            <dd>{count(offline)}</dd>
          </div>
        )}
        <Elapsed from={snapshot.startedAt} to={snapshot.endedAt} />
      </dl>
    </>
  );
}

function Elapsed({ from, to }: { from: number; to: number | null }) {
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    if (to !== null) return undefined;
    const timer = setInterval(() => setNow(Date.now()), 1000);
    return () => clearInterval(timer);
  }, [to]);
  return (
    <div>
      <dt>elapsed</dt>
      <dd>{span(((to ?? now) - from) / 1000)}</dd>
    </div>
  );
}
