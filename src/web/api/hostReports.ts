import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, Page, Params, Schema } from '@/api/types';

/** A query that one host answers on schedule. */
export type HostReport = Schema['HostReport'];

export const hostReportsQuery = (
  host: number,
  request: Page & Pick<Params<'list_host_reports'>, 'query'>,
) =>
  queryOptions({
    queryKey: ['hosts', 'reports', host, request],
    queryFn: async ({ signal }) => {
      const body = await api.get<Answer<'list_host_reports'>>(`/hosts/${host}/reports`, {
        params: { ...request },
        signal,
      });
      return { rows: body.reports ?? [], total: body.count };
    },
    placeholderData: keepPreviousData,
  });

export const hostReportQuery = (host: number, query: number) =>
  queryOptions({
    queryKey: ['hosts', 'report', host, query],
    queryFn: ({ signal }) =>
      api.get<Answer<'get_host_report'>>(`/hosts/${host}/reports/${query}`, { signal }),
  });
