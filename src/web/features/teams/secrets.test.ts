import { expect, it } from 'vitest';
import { endAfter, isSpent, usageOf } from './secrets';

const secret = { secret: 'x', created_at: '2026-01-01T00:00:00Z' };
const now = Date.parse('2026-06-01T00:00:00Z');

it('a secret ends by its date or by its use', () => {
  expect(isSpent(secret, now)).toBe(false);
  expect(isSpent({ ...secret, expires_at: '2026-05-31T00:00:00Z' }, now)).toBe(true);
  expect(isSpent({ ...secret, expires_at: '2026-06-02T00:00:00Z' }, now)).toBe(false);
  expect(isSpent({ ...secret, use_limit: 3, use_count: 3 }, now)).toBe(true);
  expect(isSpent({ ...secret, use_limit: null, use_count: 3 }, now)).toBe(false);
});

it('says how often it was used, when the server counts', () => {
  expect(usageOf(secret)).toBeUndefined();
  expect(usageOf({ ...secret, use_count: 1 })).toBe('used 1 time');
  expect(usageOf({ ...secret, use_count: 2, use_limit: 10 })).toBe('used 2 of 10 times');
});

it('ends after some days, or never', () => {
  expect(endAfter(7, now)).toBe('2026-06-08T00:00:00.000Z');
  expect(endAfter(0, now)).toBeNull();
});
