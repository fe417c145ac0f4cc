import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, Digits, Params, Schema, SortedPage } from '@/api/types';

export type SoftwareVersion = Schema['SoftwareVersion'];
export type SoftwareTitle = Schema['SoftwareTitle'];
/** A single title knows the hosts of each of its versions. */
export type SoftwareTitleDetail = Schema['SoftwareTitleDetail'];
export type TitleVersion = SoftwareTitleDetail['versions'][number];
export type HostSoftware = Schema['HostSoftwareTitle'];

export type SoftwareRequest = SortedPage &
  Pick<Params<'list_software_titles'>, 'query'> &
  Digits<Params<'list_software_titles'>, 'team_id'>;

export interface SoftwarePage<Row> {
  rows: Row[];
  total: number;
  countedAt: string | null;
}

type Counted = Partial<Pick<Answer<'list_software_titles'>, 'count' | 'counts_updated_at'>>;

function page<Row>(rows: Row[] | null | undefined, body: Counted): SoftwarePage<Row> {
  return { rows: rows ?? [], total: body.count ?? 0, countedAt: body.counts_updated_at ?? null };
}

export const titlesQuery = (request: SoftwareRequest) =>
  queryOptions({
    queryKey: ['software', 'titles', request],
    queryFn: async ({ signal }) => {
      const body = await api.get<Answer<'list_software_titles'>>('/software/titles', {
        params: { ...request },
        signal,
      });
      return page(body.software_titles, body);
    },
    placeholderData: keepPreviousData,
  });

export const versionsQuery = (request: SoftwareRequest) =>
  queryOptions({
    queryKey: ['software', 'versions', request],
    queryFn: async ({ signal }) => {
      const body = await api.get<Answer<'list_software_versions'>>('/software/versions', {
        params: { ...request },
        signal,
      });
      return page(body.software, body);
    },
    placeholderData: keepPreviousData,
  });

export const titleQuery = (id: number, team: number | undefined) =>
  queryOptions({
    queryKey: ['software', 'title', id, team ?? null],
    queryFn: async ({ signal }) =>
      (
        await api.get<Answer<'get_software_title'>>(`/software/titles/${id}`, {
          params: { team_id: team },
          signal,
        })
      ).software_title,
  });

export const versionQuery = (id: number, team: number | undefined) =>
  queryOptions({
    queryKey: ['software', 'version', id, team ?? null],
    queryFn: async ({ signal }) =>
      (
        await api.get<Answer<'get_software_version'>>(`/software/versions/${id}`, {
          params: { team_id: team },
          signal,
        })
      ).software,
  });

export const hostSoftwareQuery = (host: number, request: Omit<SoftwareRequest, 'team_id'>) =>
  queryOptions({
    queryKey: ['hosts', 'software', host, request],
    queryFn: async ({ signal }) => {
      const body = await api.get<Answer<'list_host_software'>>(`/hosts/${host}/software`, {
        params: { ...request },
        signal,
      });
      return page(body.software, body);
    },
    placeholderData: keepPreviousData,
  });
