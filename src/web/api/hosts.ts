import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ApiError, type Params } from '@/api/client';
import type { EnrollSecret, Host, HostDetail, Label, LabelSummary } from '@/api/types';

/** What narrows the list of hosts. The same keys select for listing, counting, CSV and deleting. */
export interface HostFilter {
  query?: string;
  status?: string;
  label_id?: number;
  labels?: string;
  team_id?: number;
  platform?: string;
  policy_id?: number;
  policy_response?: string;
  software_title_id?: number;
  software_version_id?: number;
  os_name?: string;
  os_version?: string;
  vulnerability?: string;
  low_disk_space?: number;
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
    // An empty list waits for its first host.
    refetchInterval: ({ state }) => (state.data?.length === 0 ? 4_000 : 30_000),
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

/** What hosts enroll with: everybody's, or those that lead into a team. */
export const secretsQuery = (team: number | undefined) =>
  queryOptions({
    queryKey: ['enroll_secrets', team ?? null],
    queryFn: async ({ signal }): Promise<EnrollSecret[]> => {
      if (team !== undefined) {
        const body = await api.get<{ secrets: EnrollSecret[] | null }>(`/teams/${team}/secrets`, {
          signal,
        });
        return body.secrets ?? [];
      }
      const body = await api.get<{ spec: { secrets: EnrollSecret[] | null } }>(
        '/spec/enroll_secret',
        { signal },
      );
      return body.spec.secrets ?? [];
    },
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
  transfer: (team_id: number | null, ids: number[]) =>
    api.post('/hosts/transfer', { body: { team_id, hosts: ids } }),
  transferMatching: (team_id: number | null, filters: HostFilter) =>
    api.post('/hosts/transfer/filter', { body: { team_id, filters } }),
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
  setSecrets: (team: number | undefined, secrets: string[]) => {
    const list = secrets.map((secret) => ({ secret }));
    return team === undefined
      ? api.post('/spec/enroll_secret', { body: { spec: { secrets: list } } })
      : api.patch(`/teams/${team}/secrets`, { body: { secrets: list } });
  },
};

/** Reads the ids of all hosts that match, a page at a time. */
export async function matchingIds(filter: HostFilter): Promise<number[]> {
  const ids: number[] = [];
  const per_page = 1000;
  for (let page = 0; ; page += 1) {
    const request: HostListRequest = {
      ...filter,
      page,
      per_page,
      order_key: 'id',
      order_direction: 'asc',
    };
    const rows = await list(request, new AbortController().signal);
    ids.push(...rows.map((host) => host.id));
    if (rows.length < per_page) return ids;
  }
}

export function saveHiddenColumns(userId: number, hidden: string[]) {
  return api.patch(`/users/${userId}`, { body: { settings: { hidden_host_columns: hidden } } });
}
