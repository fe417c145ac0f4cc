import type { Role } from '@/api/types';
import { roleName } from '@/lib/permissions';

/** What somebody is given: a role on everything, or one on each of some teams. */
export interface Roles {
  global_role: Role | null;
  teams: { id: number; role: Role }[];
}

export const roleHelp: Record<Role, string> = {
  admin: 'Everything, with people and settings.',
  maintainer: 'Hosts, queries, policies and software; no people or settings.',
  technician: 'Helps people: runs scripts and queries, labels and moves hosts.',
  observer_plus: 'Reads, and runs any live query.',
  observer: 'Reads, and runs the queries that are marked for observers.',
  gitops: 'Writes settings from a repository; for programs only.',
};

const all: readonly Role[] = [
  'observer',
  'observer_plus',
  'technician',
  'maintainer',
  'admin',
  'gitops',
];

/** GitOps is a role of programs: the server refuses it for people. */
export function rolesFor(apiOnly: boolean): readonly Role[] {
  return apiOnly ? all : all.filter((role) => role !== 'gitops');
}

export function rolesProblem(roles: Roles): string | undefined {
  if (roles.global_role !== null || roles.teams.length > 0) return undefined;
  return 'Choose at least one team.';
}

export function sameRoles(a: Roles, b: Roles): boolean {
  const text = (roles: Roles) =>
    JSON.stringify([roles.global_role, roles.teams.map(({ id, role }) => `${id} ${role}`).sort()]);
  return text(a) === text(b);
}

/** `Admin`, `Observer of Laptops`, `Various roles on 3 teams`. */
export function rolesText(user: {
  global_role: Role | null;
  teams: readonly { name: string; role: Role }[] | null;
}): string {
  if (user.global_role) return roleName(user.global_role);
  const teams = user.teams ?? [];
  const [first] = teams;
  if (!first) return 'No role';
  if (teams.length === 1) return `${roleName(first.role)} of ${first.name}`;
  const one = teams.every(({ role }) => role === first.role);
  return `${one ? roleName(first.role) : 'Various roles'} on ${teams.length} teams`;
}
