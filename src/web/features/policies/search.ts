import type { SqlSearch } from '@/lib/draft';
import { flag, listSearch, string, type ListSearch } from '@/lib/search';
import { teamSearch, type TeamSearch } from '@/lib/team';

export const policyOrderKeys = [
  'name',
  'failing_host_count',
  'passing_host_count',
  'updated_at',
] as const;

export interface PoliciesSearch extends ListSearch, TeamSearch {
  automations?: true;
}

export function policiesSearch(raw: Record<string, unknown>): PoliciesSearch {
  return {
    ...listSearch(raw, policyOrderKeys),
    ...teamSearch(raw),
    automations: flag(raw, 'automations'),
  };
}

export interface PolicyNewSearch extends SqlSearch, TeamSearch {}

export function policyNewSearch(raw: Record<string, unknown>): PolicyNewSearch {
  return { ...teamSearch(raw), sql: string(raw, 'sql'), draft: flag(raw, 'draft') };
}

export interface PolicySearch extends TeamSearch {
  days?: 7 | 90;
}

export function policySearch(raw: Record<string, unknown>): PolicySearch {
  const days = Number(raw.days);
  return { ...teamSearch(raw), days: days === 7 || days === 90 ? days : undefined };
}
