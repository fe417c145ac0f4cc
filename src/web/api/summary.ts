import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ApiError } from '@/api/client';

export interface HostSummary {
  totals_hosts_count: number;
  online_count: number;
  offline_count: number;
  mia_count: number;
  missing_30_days_count?: number;
  new_count: number;
  all_linux_count: number;
  low_disk_space_count?: number;
  platforms: { platform: string; hosts_count: number }[] | null;
  builtin_labels: { id: number; name: string }[] | null;
}

/** Less free space than this, in gigabytes, is called low. */
export const lowDisk = 32;

export const hostSummaryQuery = (team: number | undefined, platform: string | undefined) =>
  queryOptions({
    queryKey: ['hosts', 'summary', team ?? null, platform ?? null],
    queryFn: ({ signal }) =>
      api.get<HostSummary>('/host_summary', {
        params: { team_id: team, platform, low_disk_space: lowDisk },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

/** How many hosts there were, and how many of them online, at a moment. */
export interface HostsMoment {
  at: string;
  online: number;
  total: number;
}

/** null: this server keeps no such history. */
export const hostHistoryQuery = (team: number | undefined, days: number) =>
  queryOptions({
    queryKey: ['hosts', 'history', team ?? null, days],
    queryFn: async ({ signal }): Promise<HostsMoment[] | null> => {
      try {
        const body = await api.get<{ history: HostsMoment[] | null }>('/host_summary/history', {
          params: { team_id: team, days },
          signal,
        });
        return body.history ?? [];
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

export interface OsVersion {
  name: string;
  name_only: string;
  version: string;
  platform: string;
  hosts_count: number;
}

/** null: this server does not count versions of operating systems. */
export const osVersionsQuery = (team: number | undefined, platform: string | undefined) =>
  queryOptions({
    queryKey: ['os_versions', team ?? null, platform ?? null],
    queryFn: async ({ signal }): Promise<OsVersion[] | null> => {
      try {
        const body = await api.get<{ os_versions: OsVersion[] | null }>('/os_versions', {
          params: { team_id: team, platform, per_page: 200 },
          signal,
        });
        return body.os_versions ?? [];
      } catch (error) {
        if (error instanceof ApiError && error.status === 404) return null;
        throw error;
      }
    },
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
