import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { LiveConnection } from './connection';
import { LiveStore } from './store';

class FakeSocket {
  static all: FakeSocket[] = [];
  readyState = 1;
  sent: unknown[] = [];
  closed = false;
  onopen: () => void = () => undefined;
  onmessage: (event: { data: string }) => void = () => undefined;
  onclose: () => void = () => undefined;

  constructor() {
    FakeSocket.all.push(this);
  }
  send(text: string) {
    this.sent.push(JSON.parse(text));
  }
  close() {
    this.closed = true;
  }
  say(type: string, data: unknown) {
    this.onmessage({ data: JSON.stringify({ type, data }) });
  }
}

function start() {
  const store = new LiveStore();
  const connection = new LiveConnection(store, {
    url: 'wss://x/results',
    token: 't',
    campaignId: 501,
    open: () => new FakeSocket() as unknown as WebSocket,
  });
  return { store, connection };
}

const last = () => {
  const socket = FakeSocket.all.at(-1);
  if (!socket) throw new Error('no socket was opened');
  return socket;
};
const row = (id: number) => ({ host: { id, hostname: `h${id}` }, rows: [{ a: '1' }] });

beforeEach(() => {
  FakeSocket.all = [];
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

it('authenticates, then selects the campaign with details', () => {
  start();
  last().onopen();
  expect(last().sent).toEqual([
    { type: 'auth', data: { token: 't' } },
    { type: 'select_campaign', data: { campaign_id: 501, detail: true } },
  ]);
});

it('finishes only when no straggler has come for a while', () => {
  const { store } = start();
  last().onopen();
  last().say('status', { expected_results: 2, actual_results: 2, status: 'finished' });
  vi.advanceTimersByTime(1000);
  last().say('result', row(1));
  vi.advanceTimersByTime(1000);
  expect(store.ended).toBe(false);
  vi.advanceTimersByTime(1000);
  expect(store.snapshot()).toMatchObject({ phase: 'finished', rowCount: 1 });
  expect(last().closed).toBe(true);
});

it('connects again after a loss, and replayed answers count once', () => {
  const { store } = start();
  last().onopen();
  last().say('result', row(1));
  last().onclose();
  expect(store.snapshot().phase).toBe('disconnected');

  vi.advanceTimersByTime(2000);
  expect(FakeSocket.all).toHaveLength(2);
  last().onopen();
  last().say('result', row(1));
  last().say('result', row(2));
  vi.advanceTimersByTime(300);
  expect(store.snapshot()).toMatchObject({ phase: 'running', rowCount: 2 });
});

it('gives up after many failures', () => {
  const { store } = start();
  for (let i = 0; i < 9; i += 1) {
    last().onclose();
    vi.advanceTimersByTime(20_000);
  }
  expect(store.snapshot().phase).toBe('failed');
});

it('stop tells the server and ends the run', () => {
  const { store, connection } = start();
  const socket = last();
  socket.onopen();
  connection.stop();
  expect(socket.sent).toContainEqual({ type: 'stop' });
  expect(socket.closed).toBe(true);
  expect(store.snapshot().phase).toBe('stopped');
});
