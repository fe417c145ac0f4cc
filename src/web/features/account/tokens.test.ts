import { expect, it } from 'vitest';
import type { ApiToken } from '@/api/account';
import { endAfter, isOver, scopeText } from './tokens';

const token: ApiToken = {
  id: 1,
  user_id: 1,
  name: 'CI',
  scope: 'read_only',
  team_id: null,
  fleet_id: null,
  created_at: '2026-01-01T00:00:00Z',
  expires_at: null,
  last_used_at: null,
};
const now = Date.parse('2026-06-01T00:00:00Z');

it('says what a token may do', () => {
  const teams = [{ id: 2, name: 'Laptops' }];
  expect(scopeText(token, teams)).toBe('Read only');
  expect(scopeText({ scope: 'full', team_id: null }, teams)).toBe('Read and write');
  expect(scopeText({ scope: 'read_only', team_id: 2 }, teams)).toBe('Read only, Laptops only');
  expect(scopeText({ scope: 'read_only', team_id: 9 }, teams)).toBe('Read only, team 9 only');
});

it('knows when it is over', () => {
  expect(isOver(token, now)).toBe(false);
  expect(isOver({ ...token, expires_at: '2026-06-01T00:00:00Z' }, now)).toBe(true);
  expect(isOver({ ...token, expires_at: endAfter(7, now) }, now)).toBe(false);
  expect(endAfter(0, now)).toBeNull();
});
