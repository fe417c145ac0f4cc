import type { Role, User } from '@/api/types';

export type Action =
  'hosts.delete' | 'hosts.refetch' | 'secrets.read' | 'queries.write' | 'queries.run_sql';

/** What a global role may do. The screen only hides by this table; the server decides. */
const table: Record<Action, readonly Role[]> = {
  'hosts.delete': ['admin', 'maintainer'],
  'hosts.refetch': ['admin', 'maintainer', 'technician', 'observer_plus', 'observer'],
  'secrets.read': ['admin', 'maintainer'],
  'queries.write': ['admin', 'maintainer', 'gitops'],
  'queries.run_sql': ['admin', 'maintainer', 'observer_plus'],
};

export function can(
  user: Pick<User, 'global_role' | 'teams'> | undefined,
  action: Action,
): boolean {
  if (!user) return false;
  const allowed = table[action];
  if (user.global_role) return allowed.includes(user.global_role);
  return (user.teams ?? []).some((team) => allowed.includes(team.role));
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
