import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

export interface SoftwareVersion {
  id: number;
  name: string;
  version: string;
  source: string;
  extension_for?: string;
  vendor?: string;
  hosts_count: number;
  vulnerabilities: { cve: string; details_link?: string }[] | null;
}

export interface TitleVersion {
  id: number;
  version: string;
  hosts_count?: number;
  vulnerabilities: string[] | null;
}

export interface SoftwareTitle {
  id: number;
  name: string;
  display_name?: string;
  source: string;
  extension_for?: string;
  hosts_count: number;
  versions_count: number;
  versions: TitleVersion[] | null;
}

export interface HostSoftware {
  id: number;
  name: string;
  display_name?: string;
  source: string;
  extension_for?: string;
  installed_versions:
    | {
        version: string;
        last_opened_at?: string | null;
        vulnerabilities: string[] | null;
        installed_paths?: string[] | null;
      }[]
    | null;
}

export interface SoftwareRequest {
  team_id?: number;
  query?: string;
  page: number;
  per_page: number;
  order_key: string;
  order_direction: 'asc' | 'desc';
}

export interface SoftwarePage<Row> {
  rows: Row[];
  total: number;
  countedAt: string | null;
}

interface Counted {
  count?: number;
  counts_updated_at?: string | null;
}

function page<Row>(rows: Row[] | null | undefined, body: Counted): SoftwarePage<Row> {
  return { rows: rows ?? [], total: body.count ?? 0, countedAt: body.counts_updated_at ?? null };
}

export const titlesQuery = (request: SoftwareRequest) =>
  queryOptions({
    queryKey: ['software', 'titles', request],
    queryFn: async ({ signal }) => {
      const body = await api.get<Counted & { software_titles: SoftwareTitle[] | null }>(
        '/software/titles',
        { params: { ...request }, signal },
      );
      return page(body.software_titles, body);
    },
    placeholderData: keepPreviousData,
  });

export const versionsQuery = (request: SoftwareRequest) =>
  queryOptions({
    queryKey: ['software', 'versions', request],
    queryFn: async ({ signal }) => {
      const body = await api.get<Counted & { software: SoftwareVersion[] | null }>(
        '/software/versions',
        { params: { ...request }, signal },
      );
      return page(body.software, body);
    },
    placeholderData: keepPreviousData,
  });

export const titleQuery = (id: number, team: number | undefined) =>
  queryOptions({
    queryKey: ['software', 'title', id, team ?? null],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ software_title: SoftwareTitle }>(`/software/titles/${id}`, {
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
        await api.get<{ software: SoftwareVersion }>(`/software/versions/${id}`, {
          params: { team_id: team },
          signal,
        })
      ).software,
  });

export const hostSoftwareQuery = (host: number, request: Omit<SoftwareRequest, 'team_id'>) =>
  queryOptions({
    queryKey: ['hosts', 'software', host, request],
    queryFn: async ({ signal }) => {
      const body = await api.get<Counted & { software: HostSoftware[] | null }>(
        `/hosts/${host}/software`,
        { params: { ...request }, signal },
      );
      return page(body.software, body);
    },
    placeholderData: keepPreviousData,
  });
