import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

/** Filters and order of the list of hosts under a name; shared ones are for everybody. */
export interface HostView {
  id: number;
  name: string;
  filters: Record<string, string | number | boolean>;
  shared: boolean;
  owner_name: string;
  own: boolean;
}

export const hostViewsQuery = queryOptions({
  queryKey: ['host_views'],
  queryFn: async ({ signal }) =>
    (await api.get<{ host_views: HostView[] | null }>('/host_views', { signal })).host_views ?? [],
  staleTime: 60_000,
  retry: false,
});

export const hostViews = {
  create: (body: Pick<HostView, 'name' | 'filters' | 'shared'>) =>
    api.post<{ host_view: HostView }>('/host_views', { body }),
  remove: (id: number) => api.delete(`/host_views/${id}`),
};
