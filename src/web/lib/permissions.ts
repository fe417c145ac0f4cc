import type { Role, User } from '@/api/types';

export type Action =
  | 'activities.read'
  | 'config.write'
  | 'hosts.delete'
  | 'hosts.label'
  | 'hosts.refetch'
  | 'hosts.transfer'
  | 'invites.write'
  | 'labels.write'
  | 'members.write'
  | 'policies.write'
  | 'queries.run_sql'
  | 'queries.write'
  | 'secrets.read'
  | 'sessions.end'
  | 'teams.create'
  | 'teams.write'
  | 'users.write';

/** What a role may do. The screen only hides by this table; the server decides. */
const table: Record<Action, readonly Role[]> = {
  'activities.read': ['admin', 'maintainer', 'technician', 'observer_plus', 'observer'],
  'config.write': ['admin', 'gitops'],
  'hosts.delete': ['admin', 'maintainer'],
  'hosts.label': ['admin', 'maintainer', 'technician', 'gitops'],
  'hosts.refetch': ['admin', 'maintainer', 'technician', 'observer_plus', 'observer'],
  'hosts.transfer': ['admin', 'maintainer', 'technician', 'gitops'],
  'invites.write': ['admin'],
  'labels.write': ['admin', 'maintainer', 'technician', 'gitops'],
  'members.write': ['admin'],
  'policies.write': ['admin', 'maintainer', 'gitops'],
  'queries.run_sql': ['admin', 'maintainer', 'observer_plus', 'technician'],
  'queries.write': ['admin', 'maintainer', 'gitops'],
  'secrets.read': ['admin', 'maintainer'],
  'sessions.end': ['admin'],
  'teams.create': ['admin', 'gitops'],
  'teams.write': ['admin', 'gitops'],
  'users.write': ['admin'],
};

/** A role in a team never gives these. */
const globalOnly: ReadonlySet<Action> = new Set([
  'activities.read',
  'config.write',
  'invites.write',
  'sessions.end',
  'teams.create',
]);

/** What of a user decides. */
export type Member = Pick<User, 'global_role'> & {
  teams: readonly Pick<User['teams'][number], 'id' | 'role'>[] | null;
};

/**
 * Whether somebody may do something to an object of `team`: a number is that team, null or 0 means
 * that it belongs to no team, undefined asks whether it is possible anywhere.
 */
export function can(user: Member | undefined, action: Action, team?: number | null): boolean {
  if (!user) return false;
  const allowed = table[action];
  if (user.global_role) return allowed.includes(user.global_role);
  if (globalOnly.has(action) || team === null || team === 0) return false;
  return (user.teams ?? []).some(
    ({ id, role }) => (team === undefined || id === team) && allowed.includes(role),
  );
}

const roleNames: Record<Role, string> = {
  admin: 'Admin',
  maintainer: 'Maintainer',
  technician: 'Technician',
  observer_plus: 'Observer+',
  observer: 'Observer',
  gitops: 'GitOps',
};

export function roleName(role: Role): string {
  return roleNames[role];
}
