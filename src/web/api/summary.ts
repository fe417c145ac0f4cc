import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer } from '@/api/types';

export type HostSummary = Answer<'host_summary'>;

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
export type HostsMoment = Answer<'host_history'>['history'][number];

export const hostHistoryQuery = (team: number | undefined, days: number) =>
  queryOptions({
    queryKey: ['hosts', 'history', team ?? null, days],
    queryFn: async ({ signal }) =>
      (
        await api.get<Answer<'host_history'>>('/host_summary/history', {
          params: { team_id: team, days },
          signal,
        })
      ).history ?? [],
    placeholderData: keepPreviousData,
    refetchInterval: 60_000,
  });

export type OsVersion = Answer<'host_os_versions'>['os_versions'][number];

export const osVersionsQuery = (team: number | undefined) =>
  queryOptions({
    queryKey: ['hosts', 'os_versions', team ?? null],
    queryFn: async ({ signal }) =>
      (
        await api.get<Answer<'host_os_versions'>>('/host_summary/os_versions', {
          params: { team_id: team },
          signal,
        })
      ).os_versions ?? [],
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  });
