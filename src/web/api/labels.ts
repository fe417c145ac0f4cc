import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

export interface LabelRef {
  id: number;
  name: string;
}

export type Membership = 'dynamic' | 'manual' | 'host_vitals';

/** A comparison, or several criteria of which all or any must hold. */
export interface LabelCriteria {
  vital?: string;
  value?: string;
  operator?: string;
  and?: LabelCriteria[];
  or?: LabelCriteria[];
}

export interface LabelDetail extends LabelRef {
  description: string;
  query: string;
  platform: string;
  label_type: 'regular' | 'builtin';
  label_membership_type: Membership;
  author_id?: number | null;
  team_id: number | null;
  team_name?: string | null;
  count: number;
  host_ids?: number[] | null;
  criteria?: LabelCriteria | null;
  created_at: string;
  updated_at: string;
}

export interface NewLabel {
  name: string;
  description: string;
  query?: string;
  platform?: string;
  host_ids?: number[];
  hosts?: string[];
  criteria?: LabelCriteria;
  team_id?: number;
}

export interface LabelChange {
  name?: string;
  description?: string;
  host_ids?: number[];
  hosts?: string[];
}

/** Every label with its kind and how many hosts it has. */
export const labelDetailsQuery = (team: number | undefined) =>
  queryOptions({
    queryKey: ['labels', 'details', team ?? null],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ labels: LabelDetail[] | null }>('/labels', {
          params: { team_id: team },
          signal,
        })
      ).labels ?? [],
    refetchInterval: 30_000,
  });

export const labelQuery = (id: number) =>
  queryOptions({
    queryKey: ['labels', 'one', id],
    queryFn: async ({ signal }) =>
      (await api.get<{ label: LabelDetail }>(`/labels/${id}`, { signal })).label,
  });

export const labels = {
  create: async (body: NewLabel) =>
    (await api.post<{ label: LabelDetail }>('/labels', { body })).label,
  modify: async (id: number, body: LabelChange) =>
    (await api.patch<{ label: LabelDetail }>(`/labels/${id}`, { body })).label,
  remove: (id: number) => api.delete(`/labels/id/${id}`),
  addToHost: (host: number, names: string[]) =>
    api.post(`/hosts/${host}/labels`, { body: { labels: names } }),
  removeFromHost: (host: number, names: string[]) =>
    api.delete(`/hosts/${host}/labels`, { body: { labels: names } }),
};
