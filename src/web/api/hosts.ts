import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ApiError, type Params } from '@/api/client';
import type { EnrollSecret, Host, HostDetail, Label, LabelSummary } from '@/api/types';

/** What narrows the list of hosts. The same keys select for listing, counting, CSV and deleting. */
export interface HostFilter {
  query?: string;
  status?: string;
  label_id?: number;
}

export interface HostListRequest extends HostFilter {
  page: number;
  per_page: number;
  order_key: string;
  order_direction: 'asc' | 'desc';
}

async function list(request: HostListRequest, signal: AbortSignal): Promise<Host[]> {
  const { label_id, ...params } = request;
  const path = label_id === undefined ? '/hosts' : `/labels/${label_id}/hosts`;
  const body = await api.get<{ hosts: Host[] | null; error?: string }>(path, {
    params: { ...params },
    signal,
  });
  // The answer streams: a failure after its first byte arrives inside a 200.
  if (body.error) throw new ApiError(500, body.error);
  return body.hosts ?? [];
}

export const hostListQuery = (request: HostListRequest) =>
  queryOptions({
    queryKey: ['hosts', 'list', request],
    queryFn: ({ signal }) => list(request, signal),
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

export const hostCountQuery = (filter: HostFilter) =>
  queryOptions({
    queryKey: ['hosts', 'count', filter],
    queryFn: async ({ signal }) =>
      (await api.get<{ count: number }>('/hosts/count', { params: { ...filter }, signal })).count,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

export const hostQuery = (id: number) =>
  queryOptions({
    queryKey: ['hosts', 'one', id],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ host: HostDetail }>(`/hosts/${id}`, {
          params: { exclude_software: true },
          signal,
        })
      ).host,
  });

export const labelsSummaryQuery = queryOptions({
  queryKey: ['labels', 'summary'],
  queryFn: async ({ signal }) =>
    (await api.get<{ labels: LabelSummary[] | null }>('/labels/summary', { signal })).labels ?? [],
  staleTime: 60_000,
});

export const labelsQuery = queryOptions({
  queryKey: ['labels', 'list'],
  queryFn: async ({ signal }) =>
    (await api.get<{ labels: Label[] | null }>('/labels', { signal })).labels ?? [],
  staleTime: 30_000,
});

export const enrollSecretsQuery = queryOptions({
  queryKey: ['enroll_secrets'],
  queryFn: async ({ signal }) =>
    (await api.get<{ spec: { secrets: EnrollSecret[] | null } }>('/spec/enroll_secret', { signal }))
      .spec.secrets ?? [],
});

export const certificateQuery = queryOptions({
  queryKey: ['certificate'],
  queryFn: async ({ signal }) =>
    atob(
      (await api.get<{ certificate_chain: string }>('/config/certificate', { signal }))
        .certificate_chain,
    ),
  staleTime: Infinity,
  retry: false,
});

export const hosts = {
  remove: (id: number) => api.delete(`/hosts/${id}`),
  removeMany: (ids: number[]) => api.post('/hosts/delete', { body: { ids } }),
  removeMatching: (filters: HostFilter) => api.post('/hosts/delete', { body: { filters } }),
  refetch: (id: number) => api.post(`/hosts/${id}/refetch`),
  csv: (filter: HostFilter, params: Params) =>
    api.blob('/hosts/report', { params: { format: 'csv', ...filter, ...params } }),
  search: async (query: string, excluded: number[], signal?: AbortSignal) =>
    (
      await api.post<{ hosts: Host[] | null }>('/hosts/search', {
        body: { query, query_id: null, excluded_host_ids: excluded },
        signal,
      })
    ).hosts ?? [],
  setSecrets: (secrets: string[]) =>
    api.post('/spec/enroll_secret', {
      body: { spec: { secrets: secrets.map((secret) => ({ secret })) } },
    }),
};

export function saveHiddenColumns(userId: number, hidden: string[]) {
  return api.patch(`/users/${userId}`, { body: { settings: { hidden_host_columns: hidden } } });
}
