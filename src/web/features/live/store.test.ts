import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Message } from './messages';
import { LiveStore, maxRows } from './store';

function result(id: number, rows: Record<string, string>[], error?: string): Message {
  const host = { id, hostname: `ws-${id}`, display_name: `Workstation ${id}` };
  return { type: 'result', data: { host, rows, error } };
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

describe('LiveStore', () => {
  it('tells readers at most four times a second however much arrives', () => {
    const store = new LiveStore();
    const told = vi.fn();
    store.subscribe(told);
    for (let id = 1; id <= 1000; id += 1) store.receive(result(id, [{ a: String(id) }]));
    expect(told).not.toHaveBeenCalled();

    vi.advanceTimersByTime(250);
    expect(told).toHaveBeenCalledTimes(1);
    expect(store.snapshot().rowCount).toBe(1000);
    expect(store.snapshot().phase).toBe('running');
  });

  it('keeps one snapshot between two flushes', () => {
    const store = new LiveStore();
    const before = store.snapshot();
    store.receive(result(1, [{ a: '1' }]));
    expect(store.snapshot()).toBe(before);
  });

  it('learns columns as they appear and hides the two that the server adds', () => {
    const store = new LiveStore();
    store.receive(result(1, [{ a: '1', host_hostname: 'x', host_display_name: 'y' }]));
    store.receive(result(2, [{ b: '2' }]));
    vi.advanceTimersByTime(250);
    expect(store.snapshot().columns).toEqual(['a', 'b']);
  });

  it('counts a host once when its answer is delivered or replayed again', () => {
    const store = new LiveStore();
    store.receive(result(1, [{ a: '1' }]));
    store.receive(result(1, [{ a: '1' }]));
    vi.advanceTimersByTime(250);
    expect(store.snapshot()).toMatchObject({ rowCount: 1, answered: 1 });
  });

  it('keeps errors apart and marks the host as failed', () => {
    const store = new LiveStore();
    store.receive(result(3, [], 'no such table: x'));
    vi.advanceTimersByTime(250);
    expect(store.snapshot().errors).toEqual([
      { hostId: 3, host: 'Workstation 3', message: 'no such table: x' },
    ]);
    expect(store.snapshot().hosts.get(3)?.state).toBe('failed');
  });

  it('takes the states of hosts that have not answered', () => {
    const store = new LiveStore();
    const host = { id: 9, hostname: 'off', display_name: '' };
    store.receive({ type: 'hosts', data: [{ ...host, state: 'offline' }] });
    vi.advanceTimersByTime(250);
    expect(store.snapshot().hosts.get(9)).toMatchObject({ host: 'off', state: 'offline' });
  });

  it('stops at the row limit and says so', () => {
    const store = new LiveStore();
    const rows = Array.from({ length: maxRows + 10 }, () => ({ a: '1' }));
    store.receive(result(1, rows));
    expect(store.snapshot()).toMatchObject({ phase: 'full', rowCount: maxRows });
  });

  it('stays ended: nothing that comes later changes it', () => {
    const store = new LiveStore();
    store.end('stopped');
    store.receive(result(1, [{ a: '1' }]));
    store.connection('disconnected');
    vi.advanceTimersByTime(1000);
    expect(store.snapshot()).toMatchObject({ phase: 'stopped', rowCount: 0 });
  });

  it('fails with the text of an error message', () => {
    const store = new LiveStore();
    store.receive({ type: 'error', data: 'forbidden' });
    expect(store.snapshot()).toMatchObject({ phase: 'failed', problem: 'forbidden' });
  });
});
