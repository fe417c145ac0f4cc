import type { HostStateName, Message, ResultData } from './messages';

export interface ResultRow {
  hostId: number;
  host: string;
  cells: Record<string, string>;
}

export interface HostError {
  hostId: number;
  host: string;
  message: string;
}

export interface HostState {
  id: number;
  host: string;
  state: HostStateName;
  rows: number;
  error: string;
}

export type Phase =
  | 'connecting'
  | 'waiting'
  | 'running'
  | 'finished'
  | 'stopped'
  | 'disconnected'
  | 'failed'
  | 'full';

/** What the screen shows. Replaced as a whole at every flush; the arrays in it only ever grow. */
export interface Snapshot {
  phase: Phase;
  problem: string | null;
  rows: readonly ResultRow[];
  rowCount: number;
  columns: readonly string[];
  errors: readonly HostError[];
  errorCount: number;
  hosts: ReadonlyMap<number, HostState>;
  totals: { count: number; online: number; offline: number } | null;
  expected: number;
  answered: number;
  startedAt: number;
  endedAt: number | null;
}

export const maxRows = 250_000;
const flushEvery = 250;
// The server adds these to each row; the Host column already says it.
const addedColumns = new Set(['host_hostname', 'host_display_name']);

/**
 * Collects what the socket says about one campaign. Readers are told at most four times a second,
 * however fast results arrive.
 */
export class LiveStore {
  private readonly listeners = new Set<() => void>();
  private readonly rows: ResultRow[] = [];
  private readonly errors: HostError[] = [];
  private readonly hosts = new Map<number, HostState>();
  private readonly answeredHosts = new Set<number>();
  private columns: readonly string[] = [];
  private known = new Set<string>();
  private totals: Snapshot['totals'] = null;
  private expected = 0;
  private phase: Phase = 'connecting';
  private problem: string | null = null;
  private endedAt: number | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private current: Snapshot;

  constructor(readonly startedAt: number = Date.now()) {
    this.current = this.take();
  }

  readonly subscribe = (listener: () => void) => {
    this.listeners.add(listener);
    return () => void this.listeners.delete(listener);
  };

  readonly snapshot = () => this.current;

  get ended(): boolean {
    return ['finished', 'stopped', 'failed', 'full'].includes(this.phase);
  }

  receive(message: Message): void {
    if (this.ended) return;
    switch (message.type) {
      case 'totals':
        this.totals = message.data;
        break;
      case 'status':
        this.expected = message.data.expected_results;
        break;
      case 'result':
        this.addResult(message.data);
        break;
      case 'hosts':
        for (const host of message.data) {
          this.hosts.set(host.id, {
            id: host.id,
            host: host.display_name || host.hostname,
            state: host.state,
            rows: host.rows ?? 0,
            error: host.error ?? '',
          });
        }
        break;
      case 'error':
        this.end('failed', message.data);
        break;
    }
    this.schedule();
  }

  /** The connection changed; an ended run stays ended. */
  connection(phase: 'connecting' | 'waiting' | 'disconnected'): void {
    if (this.ended) return;
    this.phase = phase === 'waiting' && this.answeredHosts.size > 0 ? 'running' : phase;
    this.flush();
  }

  end(phase: 'finished' | 'stopped' | 'failed' | 'full', problem: string | null = null): void {
    if (this.ended) return;
    this.phase = phase;
    this.problem = problem;
    this.endedAt = Date.now();
    this.flush();
  }

  private addResult(data: ResultData): void {
    // Agents may deliver twice, and a reconnected socket tells everything again.
    if (this.answeredHosts.has(data.host.id)) return;
    this.answeredHosts.add(data.host.id);
    if (this.phase !== 'running') this.phase = 'running';

    const { id } = data.host;
    const host = data.host.display_name || data.host.hostname;
    const rows = data.rows ?? [];
    if (data.error) this.errors.push({ hostId: id, host, message: data.error });
    let added = 0;
    for (const cells of rows) {
      if (!cells) continue;
      if (this.rows.length >= maxRows) {
        this.end('full');
        break;
      }
      this.learnColumns(cells);
      this.rows.push({ hostId: id, host, cells });
      added += 1;
    }
    this.hosts.set(id, {
      id,
      host,
      state: data.error ? 'failed' : 'answered',
      rows: added,
      error: data.error ?? '',
    });
  }

  private learnColumns(cells: Record<string, string>): void {
    for (const name in cells) {
      if (this.known.has(name) || addedColumns.has(name)) continue;
      this.known.add(name);
      this.columns = [...this.columns, name];
    }
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.flush(), flushEvery);
  }

  private flush(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
    this.current = this.take();
    for (const listener of this.listeners) listener();
  }

  private take(): Snapshot {
    return {
      phase: this.phase,
      problem: this.problem,
      rows: this.rows,
      rowCount: this.rows.length,
      columns: this.columns,
      errors: this.errors,
      errorCount: this.errors.length,
      hosts: this.hosts,
      totals: this.totals,
      expected: this.expected,
      answered: this.answeredHosts.size,
      startedAt: this.startedAt,
      endedAt: this.endedAt,
    };
  }
}
