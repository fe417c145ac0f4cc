import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, Page, Params, Schema } from '@/api/types';

export type Activity = Schema['Activity'];
export type ActivityRequest = Page &
  Pick<
    Params<'list_activities'>,
    'query' | 'activity_type' | 'start_created_at' | 'order_direction'
  >;

const rows = (body: Answer<'list_activities'>) => ({
  rows: body.activities ?? [],
  more: body.meta?.has_next_results ?? false,
});

export const activitiesQuery = (request: ActivityRequest) =>
  queryOptions({
    queryKey: ['activities', request],
    queryFn: async ({ signal }) =>
      rows(
        await api.get<Answer<'list_activities'>>('/activities', {
          params: {
            ...request,
            order_key: 'created_at',
            order_direction: request.order_direction ?? 'desc',
          },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
    refetchInterval: 10_000,
  });

export const hostActivitiesQuery = (host: number, page: number) =>
  queryOptions({
    queryKey: ['hosts', 'activities', host, page],
    queryFn: async ({ signal }) =>
      rows(
        await api.get<Answer<'list_host_activities'>>(`/hosts/${host}/activities`, {
          params: { page, per_page: 20 },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
