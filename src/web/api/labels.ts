import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, Body, LabelName, Schema } from '@/api/types';

export type LabelRef = LabelName;

export type Membership = LabelDetail['label_membership_type'];

/** A comparison, or several criteria of which all or any must hold. */
export type LabelCriteria = Schema['LabelCriteria'];

/** A single label knows the name of its team and, when it is manual, its hosts besides. */
export type LabelDetail = Schema['Label'] &
  Partial<Pick<Schema['LabelDetail'], 'team_name' | 'host_ids'>>;

export type NewLabel = Body<'create_label'>;
export type LabelChange = Body<'modify_label'>;

/** Every label with its kind and how many hosts it has. */
export const labelDetailsQuery = (team: number | undefined) =>
  queryOptions({
    queryKey: ['labels', 'details', team ?? null],
    queryFn: async ({ signal }) =>
      (
        await api.get<Answer<'list_labels'>>('/labels', {
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
      (await api.get<Answer<'get_label'>>(`/labels/${id}`, { signal })).label,
  });

export const labels = {
  create: async (body: NewLabel) =>
    (await api.post<Answer<'create_label'>>('/labels', { body })).label,
  modify: async (id: number, body: LabelChange) =>
    (await api.patch<Answer<'modify_label'>>(`/labels/${id}`, { body })).label,
  remove: (id: number) => api.delete(`/labels/id/${id}`),
  addToHost: (host: number, names: string[]) =>
    api.post(`/hosts/${host}/labels`, {
      body: { labels: names } satisfies Body<'add_host_labels'>,
    }),
  removeFromHost: (host: number, names: string[]) =>
    api.delete(`/hosts/${host}/labels`, {
      body: { labels: names } satisfies Body<'remove_host_labels'>,
    }),
};
