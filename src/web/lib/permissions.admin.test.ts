import { describe, expect, it } from 'vitest';
import type { Role } from '@/api/types';
import { can, type Action } from './permissions';

const roles: Role[] = ['admin', 'maintainer', 'technician', 'observer_plus', 'observer', 'gitops'];

describe('who administers', () => {
  it.each<[Action, Role[], Role[]]>([
    ['invites.write', ['admin'], []],
    ['members.write', ['admin'], ['admin']],
    ['sessions.end', ['admin'], []],
    ['teams.create', ['admin', 'gitops'], []],
    ['teams.write', ['admin', 'gitops'], ['admin', 'gitops']],
    ['users.write', ['admin'], ['admin']],
  ])('%s', (action, globally, onTheTeam) => {
    const global = roles.filter((role) => can({ global_role: role, teams: [] }, action, 1));
    const member = roles.filter((role) =>
      can({ global_role: null, teams: [{ id: 1, role }] }, action, 1),
    );
    expect(global).toEqual(globally);
    expect(member).toEqual(onTheTeam);
  });
});
