import type { HostFilter } from '@/api/hosts';
import { flag, integer, listSearch, oneOf, string, type ListSearch } from '@/lib/search';
import { teamSearch, type TeamSearch } from '@/lib/team';

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
  'team_name',
  'issues',
] as const;

export interface HostsSearch extends ListSearch, TeamSearch {
  status?: (typeof statuses)[number];
  label_id?: number;
  /** Labels combined with and, or, not. */
  labels?: string;
  platform?: string;
  policy_id?: number;
  policy_response?: 'passing' | 'failing';
  software_title_id?: number;
  software_version_id?: number;
  os_name?: string;
  os_version?: string;
  vulnerability?: string;
  low_disk_space?: number;
  add_hosts?: true;
}

export function hostsSearch(raw: Record<string, unknown>): HostsSearch {
  const os = { os_name: string(raw, 'os_name'), os_version: string(raw, 'os_version') };
  const policy = integer(raw, 'policy_id', 1);
  const version = integer(raw, 'software_version_id', 1) ?? integer(raw, 'software_id', 1);
  const disk = integer(raw, 'low_disk_space', 1);
  return {
    ...listSearch(raw, hostOrderKeys),
    ...teamSearch(raw),
    status: oneOf(raw, 'status', statuses),
    label_id: integer(raw, 'label_id', 1),
    labels: string(raw, 'labels'),
    platform: string(raw, 'platform'),
    policy_id: policy,
    policy_response:
      policy === undefined ? undefined : oneOf(raw, 'policy_response', ['passing', 'failing']),
    software_version_id: version,
    // The server takes one of the two.
    software_title_id: version === undefined ? integer(raw, 'software_title_id', 1) : undefined,
    // One without the other means nothing.
    ...(os.os_name && os.os_version ? os : { os_name: undefined, os_version: undefined }),
    vulnerability: string(raw, 'vulnerability'),
    low_disk_space: disk !== undefined && disk <= 100 ? disk : undefined,
    add_hosts: flag(raw, 'add_hosts'),
  };
}

const filterKeys = [
  'query',
  'status',
  'label_id',
  'labels',
  'team_id',
  'platform',
  'policy_id',
  'policy_response',
  'software_title_id',
  'software_version_id',
  'os_name',
  'os_version',
  'vulnerability',
  'low_disk_space',
] as const satisfies readonly (keyof HostFilter & keyof HostsSearch)[];

/** The part of the address that decides which hosts are listed. */
export function filterOf(search: HostsSearch): HostFilter {
  return Object.fromEntries(
    filterKeys.filter((key) => search[key] !== undefined).map((key) => [key, search[key]]),
  ) as HostFilter;
}

/** Everything but the team, which is a place rather than a filter. */
export const noFilter: Partial<HostsSearch> = Object.fromEntries(
  filterKeys.filter((key) => key !== 'team_id').map((key) => [key, undefined]),
);
