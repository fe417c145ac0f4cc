import { integer, listSearch, oneOf, type ListSearch } from '@/lib/search';

export interface UsersSearch extends ListSearch {
  tab?: 'invites';
}

export function usersSearch(raw: Record<string, unknown>): UsersSearch {
  return {
    ...listSearch(raw, ['name', 'email', 'created_at']),
    tab: oneOf(raw, 'tab', ['invites'] as const),
  };
}

export const newUserKinds = ['account', 'invite', 'api'] as const;
export type NewUserKind = (typeof newUserKinds)[number];

export interface NewUserSearch {
  kind?: NewUserKind;
  /** The team that the new user gets a role on. */
  team_id?: number;
}

export function newUserSearch(raw: Record<string, unknown>): NewUserSearch {
  return { kind: oneOf(raw, 'kind', newUserKinds), team_id: integer(raw, 'team_id', 1) };
}
