import type { SqlSearch } from '@/lib/draft';
import { flag, integer, integers, oneOf, string } from '@/lib/search';

export const liveTabs = ['results', 'errors', 'hosts'] as const;
export type LiveTab = (typeof liveTabs)[number];

export interface LiveSearch extends SqlSearch {
  hosts?: number[];
  labels?: number[];
  teams?: number[];
  /** The query asks yes or no: a host that returns a row says yes. */
  verdict?: true;
  campaign?: number;
  tab?: LiveTab;
  order_key?: string;
  order_direction?: 'desc';
}

export function liveSearch(raw: Record<string, unknown>): LiveSearch {
  return {
    sql: string(raw, 'sql'),
    draft: flag(raw, 'draft'),
    hosts: integers(raw, 'hosts'),
    labels: integers(raw, 'labels'),
    teams: integers(raw, 'teams'),
    verdict: flag(raw, 'verdict'),
    campaign: integer(raw, 'campaign', 1),
    tab: oneOf(raw, 'tab', liveTabs),
    order_key: string(raw, 'order_key'),
    order_direction: oneOf(raw, 'order_direction', ['desc'] as const),
  };
}
