import { describe, expect, it } from 'vitest';
import type { Role } from '@/api/types';
import { can, type Action } from './permissions';

const roles: Role[] = ['admin', 'maintainer', 'technician', 'observer_plus', 'observer', 'gitops'];

describe('what a role sees', () => {
  it.each<[Action, Role[]]>([
    ['hosts.delete', ['admin', 'maintainer']],
    ['hosts.refetch', ['admin', 'maintainer', 'technician', 'observer_plus', 'observer']],
    ['secrets.read', ['admin', 'maintainer']],
    ['queries.write', ['admin', 'maintainer', 'gitops']],
    ['queries.run_sql', ['admin', 'maintainer', 'observer_plus']],
  ])('%s', (action, allowed) => {
    const granted = roles.filter((role) => can({ global_role: role, teams: [] }, action));
    expect(granted).toEqual(allowed);
  });

  it('a team role counts when there is no global one', () => {
    const team = (role: Role) => ({ global_role: null, teams: [{ id: 1, name: 't', role }] });
    expect(can(team('maintainer'), 'hosts.delete')).toBe(true);
    expect(can(team('observer'), 'hosts.delete')).toBe(false);
    expect(can(undefined, 'hosts.refetch')).toBe(false);
  });
});
