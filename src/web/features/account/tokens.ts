import type { ApiToken } from '@/api/account';
import { toDate } from '@/lib/format';

export const lifetimes: readonly [days: number, text: string][] = [
  [7, 'A week'],
  [30, '30 days'],
  [90, '90 days'],
  [365, 'A year'],
  [0, 'No end'],
];

export function endAfter(days: number, now = Date.now()): string | null {
  return days === 0 ? null : new Date(now + days * 86_400_000).toISOString();
}

export function isOver(token: ApiToken, now = Date.now()): boolean {
  const end = toDate(token.expires_at);
  return end !== null && end.getTime() <= now;
}

/** `Read only, Laptops`: what a token may do at most; never more than its owner. */
export function scopeText(
  token: Pick<ApiToken, 'scope' | 'team_id'>,
  teams: readonly { id: number; name: string }[],
): string {
  const what = token.scope === 'read_only' ? 'Read only' : 'Read and write';
  if (token.team_id == null) return what;
  const team = teams.find(({ id }) => id === token.team_id);
  return `${what}, ${team?.name ?? `team ${token.team_id}`} only`;
}
