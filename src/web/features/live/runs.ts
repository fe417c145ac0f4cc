import * as z from 'zod/mini';
import { session } from '@/api/session';
import { resultsSocketUrl } from '@/lib/base';
import { LiveConnection } from './connection';
import { LiveStore } from './store';

/** What is remembered of a run, so that its page can be opened again by campaign id. */
const record = z.object({
  campaign: z.number(),
  sql: z.string(),
  queryId: z.optional(z.number()),
  startedAt: z.number(),
});
export type RunRecord = z.infer<typeof record>;

const key = 'FLEET::live_runs';
const remembered = 20;
const keepOpenFor = 20_000;

export function recall(campaign: number): RunRecord | undefined {
  return records().find((run) => run.campaign === campaign);
}

export function remember(run: RunRecord): void {
  try {
    const others = records().filter((other) => other.campaign !== run.campaign);
    localStorage.setItem(key, JSON.stringify([run, ...others].slice(0, remembered)));
  } catch {
    // Without storage only the query's text is missing after a reload.
  }
}

function records(): RunRecord[] {
  try {
    const parsed = z.array(record).safeParse(JSON.parse(localStorage.getItem(key) ?? '[]'));
    return parsed.success ? parsed.data : [];
  } catch {
    return [];
  }
}

export interface Run {
  store: LiveStore;
  connection: LiveConnection;
}

const open = new Map<number, Run & { leaving: ReturnType<typeof setTimeout> | null }>();

/** The stream of a campaign, shared by everything on the page that shows it. */
export function attach(campaign: number): Run {
  const known = open.get(campaign);
  if (known) return known;
  const store = new LiveStore(recall(campaign)?.startedAt);
  const connection = new LiveConnection(store, {
    url: resultsSocketUrl(window.location),
    token: session.token() ?? '',
    campaignId: campaign,
  });
  const run = { store, connection, leaving: null };
  open.set(campaign, run);
  return run;
}

/** Keeps the stream while somebody looks; a short visit elsewhere does not end it. */
export function hold(campaign: number): () => void {
  const run = open.get(campaign);
  if (run?.leaving) {
    clearTimeout(run.leaving);
    run.leaving = null;
  }
  return () => {
    const left = open.get(campaign);
    if (!left) return;
    left.leaving = setTimeout(() => {
      left.connection.close();
      open.delete(campaign);
    }, keepOpenFor);
  };
}
