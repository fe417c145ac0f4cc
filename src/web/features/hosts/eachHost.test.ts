import { expect, it, vi } from 'vitest';
import { forEachHost } from './eachHost';

it('does every host once, a few at a time, and counts failures', async () => {
  let running = 0;
  let most = 0;
  const act = vi.fn(async (id: number) => {
    running += 1;
    most = Math.max(most, running);
    await Promise.resolve();
    running -= 1;
    if (id % 10 === 0) throw new Error('refused');
  });
  const told: number[] = [];
  const ids = Array.from({ length: 40 }, (_, index) => index + 1);
  const result = await forEachHost(ids, act, (done) => told.push(done));
  expect(result).toEqual({ failed: 4 });
  expect(act.mock.calls.map(([id]) => id).sort((a, b) => a - b)).toEqual(ids);
  expect(most).toBeLessThanOrEqual(6);
  expect(told.at(-1)).toBe(40);
});
