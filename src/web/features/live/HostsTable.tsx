import { useState } from 'react';
import { Link } from '@tanstack/react-router';
import { Download, RotateCw } from 'lucide-react';
import { StatusDot, type Tone } from '@/components/Badge';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/States';
import { VirtualGrid } from '@/components/VirtualGrid';
import { downloadCsv, toCsv } from '@/lib/csv';
import { count, plural } from '@/lib/format';
import { hostStates, type HostStateName } from './messages';
import type { HostState, Snapshot } from './store';
import styles from './Live.module.css';

const columns = [
  { id: 'host', label: 'Host', width: 260 },
  { id: 'state', label: 'State', width: 160 },
  { id: 'rows', label: 'Rows', width: 90 },
  { id: 'detail', label: 'Detail', width: 260, grow: true },
];

const looks: Record<HostStateName, { tone: Tone; text: string }> = {
  offline: { tone: 'neutral', text: 'Offline' },
  waiting: { tone: 'warn', text: 'Waiting' },
  answered: { tone: 'ok', text: 'Answered' },
  failed: { tone: 'bad', text: 'Failed' },
};

interface Props {
  snapshot: Snapshot;
  name: string;
  /** The question is yes or no. */
  verdict: boolean;
  onRunOn: (hosts: number[]) => void;
  starting: boolean;
}

/** Every targeted host and what became of it. */
export function HostsTable({ snapshot, name, verdict, onRunOn, starting }: Props) {
  const [only, setOnly] = useState<HostStateName | null>(null);
  const all = [...snapshot.hosts.values()];
  const ended = snapshot.endedAt !== null;
  const shown = only === null ? all : all.filter((host) => host.state === only);
  const missing = all.filter((host) => host.state === 'offline' || host.state === 'waiting');

  if (all.length === 0) {
    return (
      <EmptyState compact title="No hosts yet">
        Each targeted host appears here with its state.
      </EmptyState>
    );
  }
  const answer = (host: HostState) => (host.rows > 0 ? 'Yes' : 'No');
  const says = (host: HostState) => verdict && host.state === 'answered';
  const tone = (host: HostState): Tone =>
    says(host) && host.rows === 0 ? 'bad' : looks[host.state].tone;
  const stateText = (host: HostState) =>
    says(host)
      ? answer(host)
      : host.state === 'waiting' && ended
        ? 'No answer'
        : looks[host.state].text;
  const detail = (host: HostState) =>
    host.error ||
    (host.state !== 'answered' || (host.rows > 0 && !verdict)
      ? ''
      : host.rows > 0
        ? 'Passes'
        : verdict
          ? 'Fails: no row matches'
          : 'No rows match');
  const exportCsv = () =>
    downloadCsv(
      `${name} hosts`,
      toCsv(
        ['Host', 'State', 'Rows', 'Detail'],
        shown.map((host) => [host.host, stateText(host), host.rows, detail(host)]),
      ),
    );

  return (
    <>
      <div className={styles.filterBar} role="group" aria-label="Show hosts by state">
        <button
          type="button"
          className={styles.chip}
          aria-pressed={only === null}
          onClick={() => setOnly(null)}
        >
          All {count(all.length)}
        </button>
        {hostStates.map((state) => {
          const n = all.filter((host) => host.state === state).length;
          return n === 0 ? null : (
            <button
              key={state}
              type="button"
              className={styles.chip}
              aria-pressed={only === state}
              onClick={() => setOnly(only === state ? null : state)}
            >
              {state === 'waiting' && ended ? 'No answer' : looks[state].text} {count(n)}
            </button>
          );
        })}
        {verdict && (
          <span role="status">
            {count(all.filter((host) => says(host) && host.rows > 0).length)} yes,{' '}
            {count(all.filter((host) => says(host) && host.rows === 0).length)} no
          </span>
        )}
        <span style={{ flex: 1 }} />
        {ended && missing.length > 0 && (
          <Button
            size="s"
            icon={<RotateCw />}
            busy={starting}
            onClick={() => onRunOn(missing.map((host) => host.id))}
          >
            Run on the {plural(missing.length, 'missing host')}
          </Button>
        )}
        <Button size="s" icon={<Download />} onClick={exportCsv}>
          Export CSV
        </Button>
      </div>
      <VirtualGrid
        caption="Targeted hosts"
        columns={columns}
        rowCount={shown.length}
        cell={(index, column) => {
          const host = shown[index];
          if (!host) return { text: '' };
          switch (column) {
            case 'host':
              return {
                text: host.host,
                node: (
                  <Link to="/hosts/$hostId/details" params={{ hostId: String(host.id) }}>
                    {host.host}
                  </Link>
                ),
              };
            case 'state':
              return {
                text: stateText(host),
                node: <StatusDot tone={tone(host)}>{stateText(host)}</StatusDot>,
              };
            case 'rows':
              return { text: host.state === 'answered' ? count(host.rows) : '' };
            default:
              return { text: detail(host) };
          }
        }}
      />
    </>
  );
}
