import { flag, integer, listSearch, oneOf, type ListSearch } from '@/lib/search';

export const statuses = ['online', 'offline', 'missing', 'new'] as const;

export const hostOrderKeys = [
  'display_name',
  'hostname',
  'os_version',
  'osquery_version',
  'gigs_disk_space_available',
  'primary_ip',
  'detail_updated_at',
  'seen_time',
  'last_restarted_at',
  'memory',
  'uuid',
  'hardware_serial',
  'hardware_model',
  'cpu_type',
  'public_ip',
  'primary_mac',
  'created_at',
] as const;

export interface HostsSearch extends ListSearch {
  status?: (typeof statuses)[number];
  label_id?: number;
  add_hosts?: true;
}

export function hostsSearch(raw: Record<string, unknown>): HostsSearch {
  return {
    ...listSearch(raw, hostOrderKeys),
    status: oneOf(raw, 'status', statuses),
    label_id: integer(raw, 'label_id', 1),
    add_hosts: flag(raw, 'add_hosts'),
  };
}

export interface HostPageSearch {
  users?: string;
}

/** The host page: only the search among its local users. */
export function hostSearch(raw: Record<string, unknown>): HostPageSearch {
  return { users: typeof raw.users === 'string' && raw.users ? raw.users : undefined };
}
