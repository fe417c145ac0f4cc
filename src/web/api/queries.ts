import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Campaign, Query, QueryFields, QueryReport, TargetCount, Targets } from '@/api/types';

export interface QueryListRequest {
  team_id?: number;
  merge_inherited?: boolean;
  query?: string;
  platform?: string;
  page: number;
  per_page: number;
  order_key: string;
  order_direction: 'asc' | 'desc';
}

interface QueryList {
  queries: Query[] | null;
  count?: number;
}

export const queryListQuery = (request: QueryListRequest) =>
  queryOptions({
    queryKey: ['queries', 'list', request],
    queryFn: async ({ signal }) => {
      const body = await api.get<QueryList>('/queries', { params: { ...request }, signal });
      return { rows: body.queries ?? [], total: body.count };
    },
    placeholderData: keepPreviousData,
  });

export const savedQueryQuery = (id: number) =>
  queryOptions({
    queryKey: ['queries', 'one', id],
    queryFn: async ({ signal }) =>
      (await api.get<{ query: Query }>(`/queries/${id}`, { signal })).query,
  });

export const reportQuery = (id: number) =>
  queryOptions({
    queryKey: ['queries', 'report', id],
    queryFn: ({ signal }) => api.get<QueryReport>(`/queries/${id}/report`, { signal }),
    refetchInterval: 30_000,
  });

export const targetCountQuery = (selected: Targets, queryId: number | undefined) =>
  queryOptions({
    queryKey: ['targets', 'count', selected, queryId ?? null],
    queryFn: ({ signal }) =>
      api.post<TargetCount>('/targets/count', {
        body: { selected, query_id: queryId ?? null },
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

export const queries = {
  create: async (fields: QueryFields, team: number | null) =>
    (
      await api.post<{ query: Query }>('/queries', {
        body: team === null ? fields : { ...fields, team_id: team },
      })
    ).query,
  modify: async (id: number, fields: Partial<QueryFields>) =>
    (await api.patch<{ query: Query }>(`/queries/${id}`, { body: fields })).query,
  removeMany: (ids: number[]) => api.post('/queries/delete', { body: { ids } }),
  run: async (sql: string, queryId: number | undefined, selected: Targets) =>
    (
      await api.post<{ campaign: Campaign }>('/queries/run', {
        body: queryId === undefined ? { query: sql, selected } : { query_id: queryId, selected },
      })
    ).campaign,
};
