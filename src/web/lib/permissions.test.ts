import { describe, expect, it } from 'vitest';
import type { Role } from '@/api/types';
import { can, type Action } from './permissions';

const roles: Role[] = ['admin', 'maintainer', 'technician', 'observer_plus', 'observer', 'gitops'];

describe('what a role sees', () => {
  it.each<[Action, Role[]]>([
    ['activities.read', ['admin', 'maintainer', 'technician', 'observer_plus', 'observer']],
    ['config.write', ['admin', 'gitops']],
    ['hosts.delete', ['admin', 'maintainer']],
    ['hosts.label', ['admin', 'maintainer', 'technician', 'gitops']],
    ['hosts.refetch', ['admin', 'maintainer', 'technician', 'observer_plus', 'observer']],
    ['hosts.transfer', ['admin', 'maintainer', 'technician', 'gitops']],
    ['labels.write', ['admin', 'maintainer', 'technician', 'gitops']],
    ['policies.write', ['admin', 'maintainer', 'gitops']],
    ['queries.run_sql', ['admin', 'maintainer', 'technician', 'observer_plus']],
    ['queries.write', ['admin', 'maintainer', 'gitops']],
    ['secrets.read', ['admin', 'maintainer']],
  ])('%s', (action, allowed) => {
    const granted = roles.filter((role) => can({ global_role: role, teams: [] }, action));
    expect(granted).toEqual(allowed);
  });

  const member = (role: Role) => ({ global_role: null, teams: [{ id: 1, name: 't', role }] });

  it('a team role counts when there is no global one', () => {
    expect(can(member('maintainer'), 'hosts.delete')).toBe(true);
    expect(can(member('observer'), 'hosts.delete')).toBe(false);
    expect(can(undefined, 'hosts.refetch')).toBe(false);
  });

  it('a team role counts in its own team only, and not for what belongs to none', () => {
    expect(can(member('maintainer'), 'policies.write', 1)).toBe(true);
    expect(can(member('maintainer'), 'policies.write', 2)).toBe(false);
    expect(can(member('maintainer'), 'policies.write', null)).toBe(false);
    expect(can(member('maintainer'), 'policies.write', 0)).toBe(false);
    expect(can(member('admin'), 'activities.read')).toBe(false);
  });
});
