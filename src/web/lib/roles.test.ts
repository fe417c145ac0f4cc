import { expect, it } from 'vitest';
import { rolesFor, rolesProblem, rolesText, sameRoles } from './roles';

it('says what somebody may do in few words', () => {
  const team = (name: string, role: 'observer' | 'admin') => ({ id: 1, name, role });
  expect(rolesText({ global_role: 'observer_plus', teams: [] })).toBe('Observer+');
  expect(rolesText({ global_role: null, teams: null })).toBe('No role');
  expect(rolesText({ global_role: null, teams: [team('A', 'admin')] })).toBe('Admin of A');
  expect(rolesText({ global_role: null, teams: [team('A', 'admin'), team('B', 'admin')] })).toBe(
    'Admin on 2 teams',
  );
  expect(rolesText({ global_role: null, teams: [team('A', 'admin'), team('B', 'observer')] })).toBe(
    'Various roles on 2 teams',
  );
});

it('nobody is without a role, and only programs are GitOps', () => {
  expect(rolesProblem({ global_role: null, teams: [] })).toBeDefined();
  expect(rolesProblem({ global_role: null, teams: [{ id: 1, role: 'observer' }] })).toBeUndefined();
  expect(rolesFor(false)).not.toContain('gitops');
  expect(rolesFor(true)).toContain('gitops');
});

it('compares roles without regard to the order of teams', () => {
  const a = { id: 1, role: 'admin' as const };
  const b = { id: 2, role: 'observer' as const };
  expect(
    sameRoles({ global_role: null, teams: [a, b] }, { global_role: null, teams: [b, a] }),
  ).toBe(true);
  expect(sameRoles({ global_role: null, teams: [a] }, { global_role: 'admin', teams: [] })).toBe(
    false,
  );
});
