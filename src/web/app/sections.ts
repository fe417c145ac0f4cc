import type { Action } from '@/lib/permissions';

/** The pages that the top bar, the palette and the keyboard lead to. */
export interface Section {
  to:
    | '/dashboard'
    | '/hosts/manage'
    | '/software/titles'
    | '/queries/manage'
    | '/policies/manage'
    | '/labels/manage'
    | '/activity'
    | '/queries/new/live'
    | '/queries/new'
    | '/policies/new'
    | '/settings'
    | '/settings/users'
    | '/settings/teams'
    | '/account';
  name: string;
  /** After `g`. */
  key?: string;
  /** First part of the addresses that belong to it. */
  path: string;
  inBar?: boolean;
  /** The present team goes along. */
  perTeam?: boolean;
  words?: string;
  /** Only for those who may do this somewhere. */
  needs?: Action;
}

export const sections: readonly Section[] = [
  { to: '/dashboard', name: 'Dashboard', key: 'd', path: 'dashboard', inBar: true, perTeam: true },
  {
    to: '/hosts/manage',
    name: 'Hosts',
    key: 'h',
    path: 'hosts',
    inBar: true,
    perTeam: true,
    words: 'computers devices',
  },
  {
    to: '/software/titles',
    name: 'Software',
    key: 's',
    path: 'software',
    inBar: true,
    perTeam: true,
    words: 'applications packages',
  },
  {
    to: '/queries/manage',
    name: 'Queries',
    key: 'q',
    path: 'queries',
    inBar: true,
    perTeam: true,
    words: 'reports schedule',
  },
  {
    to: '/policies/manage',
    name: 'Policies',
    key: 'p',
    path: 'policies',
    inBar: true,
    perTeam: true,
    words: 'compliance checks',
  },
  { to: '/labels/manage', name: 'Labels', key: 'b', path: 'labels', words: 'groups' },
  { to: '/activity', name: 'Activity', key: 'a', path: 'activity', words: 'audit log history' },
  {
    to: '/queries/new/live',
    name: 'New live query',
    key: 'l',
    path: '-',
    needs: 'queries.run_sql',
    words: 'run sql campaign',
  },
  { to: '/queries/new', name: 'New query', path: '-', needs: 'queries.write' },
  { to: '/policies/new', name: 'New policy', path: '-', needs: 'policies.write' },
  { to: '/settings', name: 'Settings', path: 'settings', needs: 'config.write' },
  { to: '/settings/users', name: 'Users', path: '-', needs: 'users.write', words: 'invite people' },
  { to: '/settings/teams', name: 'Teams', path: '-', needs: 'teams.write' },
  { to: '/account', name: 'My account', path: 'account', words: 'profile password theme' },
];

/** `r` is the newer name of queries. */
export const goKeys: Readonly<Record<string, Section>> = Object.fromEntries(
  sections.flatMap((section) => {
    const keys = section.key === 'q' ? ['q', 'r'] : section.key ? [section.key] : [];
    return keys.map((key) => [key, section]);
  }),
);
