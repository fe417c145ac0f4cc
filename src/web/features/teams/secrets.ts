import type { TeamSecret } from '@/api/teams';
import { plural, toDate } from '@/lib/format';

export function isSpent(secret: TeamSecret, now = Date.now()): boolean {
  const end = toDate(secret.expires_at);
  if (end && end.getTime() <= now) return true;
  return secret.use_limit != null && (secret.use_count ?? 0) >= secret.use_limit;
}

/** `used 3 of 10 times`, `used 3 times`, or nothing when the server does not count. */
export function usageOf(secret: TeamSecret): string | undefined {
  if (secret.use_count == null) return undefined;
  return secret.use_limit == null
    ? `used ${plural(secret.use_count, 'time')}`
    : `used ${secret.use_count} of ${plural(secret.use_limit, 'time')}`;
}

export const lifetimes: readonly [days: number, text: string][] = [
  [0, 'Never'],
  [1, 'After a day'],
  [7, 'After a week'],
  [30, 'After 30 days'],
  [90, 'After 90 days'],
  [365, 'After a year'],
];

export function endAfter(days: number, now = Date.now()): string | null {
  return days === 0 ? null : new Date(now + days * 86_400_000).toISOString();
}
