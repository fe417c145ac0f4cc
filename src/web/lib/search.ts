/** URL parameters: read leniently (nonsense is dropped), written without defaults. */

export type RawSearch = Record<string, string>;

export function parseSearch(text: string): RawSearch {
  return Object.fromEntries(new URLSearchParams(text));
}

export function stringifySearch(search: Record<string, unknown>): string {
  const params = new URLSearchParams();
  for (const [name, value] of Object.entries(search)) {
    if (value === undefined || value === null || value === '' || value === false) continue;
    if (Array.isArray(value)) {
      if (value.length > 0) params.set(name, value.join(','));
    } else {
      params.set(name, String(value));
    }
  }
  // Commas are legal in a query string and read better than %2C.
  const text = params.toString().replaceAll('%2C', ',');
  return text ? `?${text}` : '';
}

type Raw = Record<string, unknown>;

export function string(raw: Raw, name: string): string | undefined {
  const value = raw[name];
  if (typeof value === 'number') return String(value);
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function integer(raw: Raw, name: string, min = 0): number | undefined {
  const value = string(raw, name);
  if (value === undefined || !/^\d{1,15}$/.test(value)) return undefined;
  const parsed = Number(value);
  return parsed >= min ? parsed : undefined;
}

export function oneOf<const T extends string>(
  raw: Raw,
  name: string,
  allowed: readonly T[],
): T | undefined {
  const value = string(raw, name);
  return allowed.find((candidate) => candidate === value);
}

export function integers(raw: Raw, name: string): number[] | undefined {
  const value = raw[name];
  const parts = Array.isArray(value) ? value.map(String) : string(raw, name)?.split(',');
  const ids = parts?.filter((part) => /^\d{1,15}$/.test(part)).map(Number);
  return ids && ids.length > 0 ? [...new Set(ids)] : undefined;
}

export function flag(raw: Raw, name: string): true | undefined {
  return raw[name] === true || raw[name] === 'true' ? true : undefined;
}

export const pageSizes = [20, 50, 100, 200] as const;

export interface ListSearch {
  query?: string;
  page?: number;
  per_page?: number;
  order_key?: string;
  order_direction?: 'asc' | 'desc';
}

/** The parameters that every list page has. */
export function listSearch(raw: Raw, orderKeys: readonly string[]): ListSearch {
  const perPage = integer(raw, 'per_page', 1);
  return {
    query: string(raw, 'query'),
    page: integer(raw, 'page', 1),
    per_page: pageSizes.find((size) => size === perPage),
    order_key: oneOf(raw, 'order_key', orderKeys),
    order_direction: oneOf(raw, 'order_direction', ['asc', 'desc'] as const),
  };
}

export interface Sort {
  key: string;
  direction: 'asc' | 'desc';
}

type SortSearch = Pick<ListSearch, 'order_key' | 'order_direction'>;

/** How a list is sorted by its address; every column but the usual one begins ascending. */
export function sortOf(search: SortSearch, usual: Sort): Sort {
  const key = search.order_key ?? usual.key;
  return {
    key,
    direction: search.order_direction ?? (key === usual.key ? usual.direction : 'asc'),
  };
}

/** The other way round, without what is usual. */
export function sortToSearch({ key, direction }: Sort, usual: Sort): SortSearch {
  const first = key === usual.key ? usual.direction : 'asc';
  return {
    order_key: key === usual.key ? undefined : key,
    order_direction: direction === first ? undefined : direction,
  };
}
