import { describe, expect, it } from 'vitest';
import type { User } from '@/api/types';
import { editProblems, patchOf, startOf } from './edit';

const user: User = {
  id: 7,
  gravatar_url: '',
  name: 'Bo',
  email: 'bo@corp.test',
  global_role: null,
  force_password_reset: false,
  sso_enabled: true,
  mfa_enabled: false,
  api_only: false,
  created_at: '2026-01-02T10:00:00Z',
  updated_at: '2026-01-02T10:00:00Z',
  teams: [{ id: 2, name: 'Laptops', description: '', role: 'observer' }],
  fleets: [{ id: 2, name: 'Laptops', description: '', role: 'observer' }],
};
const start = startOf(user);

describe('what an edit of a user sends', () => {
  it('nothing when nothing differs', () => {
    expect(patchOf(start, { ...start, name: ' Bo ' })).toEqual({});
  });

  it('a global role in place of roles on teams, and the other way round', () => {
    const admin = { global_role: 'admin' as const, teams: [] };
    expect(patchOf(start, { ...start, roles: admin })).toEqual({ global_role: 'admin' });
    const teams = [{ id: 3, role: 'maintainer' as const }];
    expect(patchOf(start, { ...start, roles: { global_role: null, teams } })).toEqual({ teams });
  });

  it('a password when the identity provider no longer signs in', () => {
    const edit = { ...start, sso: false, password: 'long enough 1!', again: 'long enough 1!' };
    expect(patchOf(start, edit)).toEqual({ sso_enabled: false, new_password: 'long enough 1!' });
    expect(editProblems(user, edit)).toEqual({});
    expect(editProblems(user, { ...edit, password: '' })).toHaveProperty('password');
    expect(editProblems(user, { ...edit, again: '' })).toHaveProperty('password');
  });

  it('never both ways of signing in', () => {
    expect(
      patchOf({ ...start, sso: false, mfa: true }, { ...start, sso: true, mfa: true }),
    ).toEqual({ sso_enabled: true, mfa_enabled: false });
  });
});
