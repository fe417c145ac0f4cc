import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

export interface Activity {
  id: number;
  created_at: string;
  actor_full_name?: string | null;
  actor_id?: number | null;
  actor_email?: string | null;
  type: string;
  fleet_initiated?: boolean;
  details?: Record<string, unknown> | null;
}

export interface ActivityRequest {
  page: number;
  per_page: number;
  query?: string;
  activity_type?: string;
  start_created_at?: string;
  order_direction?: 'asc' | 'desc';
}

interface ActivityList {
  activities: Activity[] | null;
  meta: { has_next_results: boolean; has_previous_results: boolean };
}

const rows = (body: ActivityList) => ({
  rows: body.activities ?? [],
  more: body.meta?.has_next_results ?? false,
});

export const activitiesQuery = (request: ActivityRequest) =>
  queryOptions({
    queryKey: ['activities', request],
    queryFn: async ({ signal }) =>
      rows(
        await api.get<ActivityList>('/activities', {
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
        await api.get<ActivityList>(`/hosts/${host}/activities`, {
          params: { page, per_page: 20 },
          signal,
        }),
      ),
    placeholderData: keepPreviousData,
  });
