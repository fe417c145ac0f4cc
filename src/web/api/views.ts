import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, Schema } from '@/api/types';

/** Filters and order of the list of hosts under a name; shared ones are for everybody. */
export type HostView = Schema['HostView'];

export const hostViewsQuery = queryOptions({
  queryKey: ['host_views'],
  queryFn: async ({ signal }) =>
    (await api.get<Answer<'list_host_views'>>('/host_views', { signal })).host_views ?? [],
  staleTime: 60_000,
  retry: false,
});

export const hostViews = {
  create: (body: Pick<HostView, 'name' | 'filters' | 'shared'>) =>
    api.post<Answer<'create_host_view'>>('/host_views', { body }),
  remove: (id: number) => api.delete(`/host_views/${id}`),
};
