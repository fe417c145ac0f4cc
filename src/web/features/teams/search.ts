import { integer, oneOf, string } from '@/lib/search';

export const teamTabs = ['members', 'secrets', 'options', 'settings'] as const;
export type TeamTab = (typeof teamTabs)[number];

/** The newest Fleet says `users` where we say `members`. */
export function teamTab(name: string): TeamTab | undefined {
  return oneOf({ tab: name === 'users' ? 'members' : name }, 'tab', teamTabs);
}

export interface TeamPageSearch {
  team_id?: number;
}

export function teamPageSearch(raw: Record<string, unknown>): TeamPageSearch {
  return { team_id: integer(raw, 'team_id', 1) ?? integer(raw, 'fleet_id', 1) };
}

export interface TeamsSearch {
  query?: string;
  order_key?: 'host_count' | 'user_count';
  order_direction?: 'desc';
}

export function teamsSearch(raw: Record<string, unknown>): TeamsSearch {
  return {
    query: string(raw, 'query'),
    order_key: oneOf(raw, 'order_key', ['host_count', 'user_count'] as const),
    order_direction: oneOf(raw, 'order_direction', ['desc'] as const),
  };
}
