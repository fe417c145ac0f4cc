import { integer, oneOf, string } from '@/lib/search';

export interface HostTabSearch {
  query?: string;
  page?: number;
}

export function hostTabSearch(raw: Record<string, unknown>): HostTabSearch {
  return { query: string(raw, 'query'), page: integer(raw, 'page', 1) };
}

export interface HostSoftwareSearch extends HostTabSearch {
  order_direction?: 'desc';
}

export function hostSoftwareSearch(raw: Record<string, unknown>): HostSoftwareSearch {
  return {
    ...hostTabSearch(raw),
    order_direction: oneOf(raw, 'order_direction', ['desc'] as const),
  };
}

export interface HostDetailsSearch {
  users?: string;
}

export function hostDetailsSearch(raw: Record<string, unknown>): HostDetailsSearch {
  return { users: typeof raw.users === 'string' && raw.users ? raw.users : undefined };
}
