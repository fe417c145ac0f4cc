import { oneOf } from '@/lib/search';
import { teamSearch, type TeamSearch } from '@/lib/team';

/** The wire's word for each platform that can be chosen. */
export const platforms = ['darwin', 'windows', 'linux', 'chrome'] as const;

export interface DashboardSearch extends TeamSearch {
  platform?: (typeof platforms)[number];
  days?: 1 | 30;
  /** Hosts online as a board of days and hours instead of a line. */
  chart?: 'board';
}

export function dashboardSearch(raw: Record<string, unknown>): DashboardSearch {
  const named = raw.platform === 'mac' || raw.platform === 'macos' ? 'darwin' : raw.platform;
  const days = Number(raw.days);
  return {
    ...teamSearch(raw),
    platform: oneOf({ platform: named }, 'platform', platforms),
    days: days === 1 || days === 30 ? days : undefined,
    chart: oneOf(raw, 'chart', ['board'] as const),
  };
}
