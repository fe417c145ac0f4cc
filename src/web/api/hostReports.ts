import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

/** A query that one host answers on schedule. */
export interface HostReport {
  id: number;
  name: string;
  description: string;
  query: string;
  discard_data: boolean;
  total_results_count: number;
  last_fetched: string | null;
}

export const hostReportsQuery = (
  host: number,
  request: { query?: string; page: number; per_page: number },
) =>
  queryOptions({
    queryKey: ['hosts', 'reports', host, request],
    queryFn: async ({ signal }) => {
      const body = await api.get<{ reports: HostReport[] | null; count: number }>(
        `/hosts/${host}/reports`,
        { params: { ...request }, signal },
      );
      return { rows: body.reports ?? [], total: body.count };
    },
    placeholderData: keepPreviousData,
  });

export const hostReportQuery = (host: number, query: number) =>
  queryOptions({
    queryKey: ['hosts', 'report', host, query],
    queryFn: ({ signal }) =>
      api.get<{
        host_name: string;
        last_fetched: string | null;
        results: { columns: Record<string, string> }[] | null;
      }>(`/hosts/${host}/reports/${query}`, { signal }),
  });
