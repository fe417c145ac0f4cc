import type { HostView } from '@/api/views';
import { filterOf, hostsSearch, type HostsSearch } from './search';

/** What makes a view: filters and order, not the page one happens to be on. */
export function viewFilters(search: HostsSearch): HostView['filters'] {
  const { order_key, order_direction } = search;
  return {
    ...filterOf(search),
    // A direction without a key means nothing to the server.
    ...(order_key || order_direction
      ? { order_key: order_key ?? 'display_name', order_direction: order_direction ?? 'asc' }
      : {}),
  };
}

/** The address that shows a view. */
export function viewSearch(view: HostView): HostsSearch {
  const raw = Object.fromEntries(
    Object.entries(view.filters).map(([key, value]) => [key, String(value)]),
  );
  return hostsSearch(raw);
}

export function isShown(view: HostView, search: HostsSearch): boolean {
  const sorted = (filters: HostView['filters']) =>
    JSON.stringify(Object.entries(filters).sort(([a], [b]) => (a < b ? -1 : 1)));
  return sorted(viewFilters(viewSearch(view))) === sorted(viewFilters(search));
}
