import { listSearch, type ListSearch } from '@/lib/search';
import { teamSearch, type TeamSearch } from '@/lib/team';

export interface SoftwareSearch extends ListSearch, TeamSearch {}

export function softwareSearch(raw: Record<string, unknown>): SoftwareSearch {
  return { ...listSearch(raw, ['name', 'hosts_count']), ...teamSearch(raw) };
}

export function softwareItemSearch(raw: Record<string, unknown>): TeamSearch {
  return teamSearch(raw);
}
