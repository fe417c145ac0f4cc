import { flag, listSearch, oneOf, string, type ListSearch } from '@/lib/search';
import type { SqlSearch } from '@/lib/draft';
import { teamSearch, type TeamSearch } from '@/lib/team';

export const queryOrderKeys = ['name', 'updated_at'] as const;
export const platformFilters = ['macos', 'windows', 'linux'] as const;

export interface QueriesSearch extends ListSearch, TeamSearch {
  platform?: (typeof platformFilters)[number];
}

export function queriesSearch(raw: Record<string, unknown>): QueriesSearch {
  return {
    ...listSearch(raw, queryOrderKeys),
    ...teamSearch(raw),
    platform: oneOf(raw, 'platform', platformFilters),
  };
}

export interface QueryNewSearch extends SqlSearch, TeamSearch {}

export function querySearch(raw: Record<string, unknown>): QueryNewSearch {
  return { ...teamSearch(raw), sql: string(raw, 'sql'), draft: flag(raw, 'draft') };
}

export interface ReportSearch {
  order_key?: string;
  order_direction?: 'desc';
}

export function reportSearch(raw: Record<string, unknown>): ReportSearch {
  return {
    order_key: string(raw, 'order_key'),
    order_direction: oneOf(raw, 'order_direction', ['desc'] as const),
  };
}
