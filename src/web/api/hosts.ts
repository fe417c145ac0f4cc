import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api, ApiError, type UrlParams } from '@/api/client';
import type { Answer, Body, Digits, EnrollSecret, Host, Me, Params, SortedPage } from '@/api/types';

/** What narrows the list of hosts. The same keys select for listing, counting, CSV and deleting. */
export type HostFilter = Pick<
  Params<'list_hosts'>,
  | 'query'
  | 'status'
  | 'labels'
  | 'platform'
  | 'policy_response'
  | 'os_name'
  | 'os_version'
  | 'vulnerability'
> &
  Digits<
    Params<'list_hosts'>,
    | 'label_id'
    | 'team_id'
    | 'policy_id'
    | 'software_title_id'
    | 'software_version_id'
    | 'low_disk_space'
  >;

export type HostListRequest = HostFilter & SortedPage;

async function list(request: HostListRequest, signal: AbortSignal): Promise<Host[]> {
  const { label_id, ...params } = request;
  const path = label_id === undefined ? '/hosts' : `/labels/${label_id}/hosts`;
  const body = await api.get<Answer<'list_hosts'>>(path, {
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
      (await api.get<Answer<'count_hosts'>>('/hosts/count', { params: { ...filter }, signal }))
        .count,
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

export const hostQuery = (id: number) =>
  queryOptions({
    queryKey: ['hosts', 'one', id],
    queryFn: async ({ signal }) =>
      (
        await api.get<Answer<'get_host'>>(`/hosts/${id}`, {
          params: { exclude_software: true },
          signal,
        })
      ).host,
  });

export const labelsSummaryQuery = queryOptions({
  queryKey: ['labels', 'summary'],
  queryFn: async ({ signal }) =>
    (await api.get<Answer<'labels_summary'>>('/labels/summary', { signal })).labels ?? [],
  staleTime: 60_000,
});

export const labelsQuery = queryOptions({
  queryKey: ['labels', 'list'],
  queryFn: async ({ signal }) =>
    (await api.get<Answer<'list_labels'>>('/labels', { signal })).labels ?? [],
  staleTime: 30_000,
});

/** What hosts enroll with: everybody's, or those that lead into a team. */
export const secretsQuery = (team: number | undefined) =>
  queryOptions({
    queryKey: ['enroll_secrets', team ?? null],
    queryFn: async ({ signal }): Promise<EnrollSecret[]> => {
      if (team !== undefined) {
        const body = await api.get<Answer<'team_enroll_secrets'>>(`/teams/${team}/secrets`, {
          signal,
        });
        return body.secrets ?? [];
      }
      const body = await api.get<Answer<'get_enroll_secret_spec'>>('/spec/enroll_secret', {
        signal,
      });
      return body.spec?.secrets ?? [];
    },
  });

export const certificateQuery = queryOptions({
  queryKey: ['certificate'],
  queryFn: async ({ signal }) =>
    atob(
      (await api.get<Answer<'get_certificate'>>('/config/certificate', { signal }))
        .certificate_chain,
    ),
  staleTime: Infinity,
  retry: false,
});

export const hosts = {
  remove: (id: number) => api.delete(`/hosts/${id}`),
  removeMany: (ids: number[]) =>
    api.post('/hosts/delete', { body: { ids } satisfies Body<'delete_hosts'> }),
  removeMatching: (filters: HostFilter) =>
    api.post('/hosts/delete', { body: { filters } satisfies Body<'delete_hosts'> }),
  transfer: (team_id: number | null, ids: number[]) =>
    api.post('/hosts/transfer', {
      body: { team_id, hosts: ids } satisfies Body<'transfer_hosts'>,
    }),
  transferMatching: (team_id: number | null, filters: HostFilter) =>
    api.post('/hosts/transfer/filter', {
      body: { team_id, filters } satisfies Body<'transfer_hosts_by_filter'>,
    }),
  refetch: (id: number) => api.post(`/hosts/${id}/refetch`),
  csv: (filter: HostFilter, params: UrlParams) =>
    api.blob('/hosts/report', { params: { format: 'csv', ...filter, ...params } }),
  search: async (query: string, excluded: number[], signal?: AbortSignal) =>
    (
      await api.post<Answer<'search_hosts'>>('/hosts/search', {
        body: {
          query,
          query_id: null,
          excluded_host_ids: excluded,
        } satisfies Body<'search_hosts'>,
        signal,
      })
    ).hosts ?? [],
  setSecrets: (team: number | undefined, secrets: string[]) => {
    const list = secrets.map((secret) => ({ secret }));
    return team === undefined
      ? api.post('/spec/enroll_secret', {
          body: { spec: { secrets: list } } satisfies Body<'apply_enroll_secret_spec'>,
        })
      : api.patch(`/teams/${team}/secrets`, {
          body: { secrets: list } satisfies Body<'modify_team_enroll_secrets'>,
        });
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
  const settings: Me['settings'] = { hidden_host_columns: hidden };
  return api.patch(`/users/${userId}`, { body: { settings } satisfies Body<'modify_user'> });
}
