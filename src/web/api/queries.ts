import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, Body, Params, QueryFields, SortedPage, Targets } from '@/api/types';

export type QueryListRequest = SortedPage &
  Pick<Params<'list_queries'>, 'team_id' | 'merge_inherited' | 'query' | 'platform'>;

export const queryListQuery = (request: QueryListRequest) =>
  queryOptions({
    queryKey: ['queries', 'list', request],
    queryFn: async ({ signal }) => {
      const body = await api.get<Answer<'list_queries'>>('/queries', {
        params: { ...request },
        signal,
      });
      return { rows: body.queries ?? [], total: body.count };
    },
    placeholderData: keepPreviousData,
  });

export const savedQueryQuery = (id: number) =>
  queryOptions({
    queryKey: ['queries', 'one', id],
    queryFn: async ({ signal }) =>
      (await api.get<Answer<'get_query'>>(`/queries/${id}`, { signal })).query,
  });

export const reportQuery = (id: number) =>
  queryOptions({
    queryKey: ['queries', 'report', id],
    queryFn: ({ signal }) =>
      api.get<Answer<'get_query_report'>>(`/queries/${id}/report`, { signal }),
    refetchInterval: 30_000,
  });

export const targetCountQuery = (selected: Targets, queryId: number | undefined) =>
  queryOptions({
    queryKey: ['targets', 'count', selected, queryId ?? null],
    queryFn: ({ signal }) =>
      api.post<Answer<'count_targets'>>('/targets/count', {
        body: { selected, query_id: queryId ?? null } satisfies Body<'count_targets'>,
        signal,
      }),
    placeholderData: keepPreviousData,
    refetchInterval: 15_000,
  });

export const queries = {
  create: async (fields: QueryFields, team: number | null) =>
    (
      await api.post<Answer<'create_query'>>('/queries', {
        body: (team === null
          ? fields
          : { ...fields, team_id: team }) satisfies Body<'create_query'>,
      })
    ).query,
  modify: async (id: number, fields: Partial<QueryFields>) =>
    (await api.patch<Answer<'modify_query'>>(`/queries/${id}`, { body: fields })).query,
  removeMany: (ids: number[]) =>
    api.post('/queries/delete', { body: { ids } satisfies Body<'delete_queries'> }),
  run: async (sql: string, queryId: number | undefined, selected: Targets) =>
    (
      await api.post<Answer<'run_live_query'>>('/queries/run', {
        body: (queryId === undefined
          ? { query: sql, selected }
          : { query_id: queryId, selected }) satisfies Body<'run_live_query'>,
      })
    ).campaign,
};
