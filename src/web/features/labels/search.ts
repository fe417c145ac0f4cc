import type { SqlSearch } from '@/lib/draft';
import { flag, oneOf, string } from '@/lib/search';
import { teamSearch, type TeamSearch } from '@/lib/team';

export const kinds = ['dynamic', 'manual', 'attributes'] as const;
export type LabelKind = (typeof kinds)[number];

export interface LabelsSearch extends TeamSearch {
  query?: string;
  type?: LabelKind | 'builtin';
  order_key?: 'count' | 'type';
  order_direction?: 'asc' | 'desc';
}

export function labelsSearch(raw: Record<string, unknown>): LabelsSearch {
  return {
    ...teamSearch(raw),
    query: string(raw, 'query'),
    type: oneOf(raw, 'type', [...kinds, 'builtin'] as const),
    order_key: oneOf(raw, 'order_key', ['count', 'type'] as const),
    order_direction: oneOf(raw, 'order_direction', ['asc', 'desc'] as const),
  };
}

export interface LabelSearch extends SqlSearch, TeamSearch {}

export function labelSearch(raw: Record<string, unknown>): LabelSearch {
  return { ...teamSearch(raw), sql: string(raw, 'sql'), draft: flag(raw, 'draft') };
}
