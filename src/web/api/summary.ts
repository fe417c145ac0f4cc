import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

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

export const hostHistoryQuery = (team: number | undefined, days: number) =>
  queryOptions({
    queryKey: ['hosts', 'history', team ?? null, days],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ history: HostsMoment[] | null }>('/host_summary/history', {
          params: { team_id: team, days },
          signal,
        })
      ).history ?? [],
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

export interface OsVersion {
  platform: string;
  os_version: string;
  hosts_count: number;
}

export const osVersionsQuery = (team: number | undefined) =>
  queryOptions({
    queryKey: ['hosts', 'os_versions', team ?? null],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ os_versions: OsVersion[] | null }>('/host_summary/os_versions', {
          params: { team_id: team },
          signal,
        })
      ).os_versions ?? [],
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
