import { Link } from '@tanstack/react-router';
import type { Host } from '@/api/types';
import { Badge } from '@/components/Badge';
import type { Column } from '@/components/DataTable';
import { DiskSpace } from '@/components/DiskSpace';
import { HostStatus } from '@/components/HostStatus';
import { Ago } from '@/components/Time';
import { gigabytes, text } from '@/lib/format';
import styles from './Hosts.module.css';

const mono = (value: string | null) => (value ? <code title={value}>{value}</code> : text(value));
const plain = (value: string | null) => <span title={value ?? ''}>{text(value)}</span>;

/** Policies that the host fails; the number leads to them. */
function Issues({ host }: { host: Host }) {
  const failing = host.issues?.failing_policies_count ?? 0;
  const total = host.issues?.total_issues_count ?? failing;
  if (total === 0) return <>0</>;
  return (
    <Link
      to="/hosts/$hostId/policies"
      params={{ hostId: String(host.id) }}
      className={styles.issues}
      title={`${failing} failing policies`}
    >
      {total}
    </Link>
  );
}

export const hostColumns: readonly Column<Host>[] = [
  {
    id: 'display_name',
    header: 'Host',
    sortKey: 'display_name',
    always: true,
    cell: (host) => (
      <>
        <Link
          to="/hosts/$hostId/details"
          params={{ hostId: String(host.id) }}
          className={styles.name}
          title={host.hostname}
        >
          {host.display_name || host.hostname || `Host ${host.id}`}
        </Link>
        {host.duplicate_identity && (
          <>
            {' '}
            <Badge tone="warn" title="Another machine enrolled under the same identity.">
              Duplicate identity
            </Badge>
          </>
        )}
      </>
    ),
  },
  { id: 'team_name', header: 'Team', sortKey: 'team_name', cell: (host) => plain(host.team_name) },
  { id: 'status', header: 'Status', cell: (host) => <HostStatus host={host} /> },
  {
    id: 'issues',
    header: 'Issues',
    sortKey: 'issues',
    numeric: true,
    cell: (host) => <Issues host={host} />,
  },
  {
    id: 'os_version',
    header: 'Operating system',
    sortKey: 'os_version',
    cell: (host) => plain(host.os_version),
  },
  {
    id: 'gigs_disk_space_available',
    header: 'Disk space available',
    sortKey: 'gigs_disk_space_available',
    cell: (host) => <DiskSpace host={host} />,
  },
  {
    id: 'osquery_version',
    header: 'osquery',
    sortKey: 'osquery_version',
    cell: (host) => plain(host.osquery_version),
  },
  {
    id: 'primary_ip',
    header: 'Private IP address',
    sortKey: 'primary_ip',
    cell: (host) => plain(host.primary_ip),
  },
  {
    id: 'detail_updated_at',
    header: 'Last fetched',
    sortKey: 'detail_updated_at',
    cell: (host) => <Ago at={host.detail_updated_at} />,
  },
  {
    id: 'seen_time',
    header: 'Last seen',
    sortKey: 'seen_time',
    cell: (host) => <Ago at={host.seen_time} />,
  },
  {
    id: 'last_restarted_at',
    header: 'Last restarted',
    sortKey: 'last_restarted_at',
    cell: (host) => <Ago at={host.last_restarted_at} />,
  },
  {
    id: 'hostname',
    header: 'Hostname',
    sortKey: 'hostname',
    cell: (host) => plain(host.hostname),
  },
  { id: 'computer_name', header: 'Computer name', cell: (host) => plain(host.computer_name) },
  {
    id: 'memory',
    header: 'Memory',
    sortKey: 'memory',
    numeric: true,
    cell: (host) => gigabytes(host.memory),
  },
  {
    id: 'cpu_type',
    header: 'CPU',
    sortKey: 'cpu_type',
    cell: (host) => plain(host.cpu_brand || host.cpu_type),
  },
  {
    id: 'hardware_model',
    header: 'Hardware model',
    sortKey: 'hardware_model',
    cell: (host) => plain(host.hardware_model),
  },
  {
    id: 'hardware_serial',
    header: 'Serial number',
    sortKey: 'hardware_serial',
    cell: (host) => mono(host.hardware_serial),
  },
  { id: 'uuid', header: 'UUID', sortKey: 'uuid', cell: (host) => mono(host.uuid) },
  {
    id: 'public_ip',
    header: 'Public IP address',
    sortKey: 'public_ip',
    cell: (host) => plain(host.public_ip),
  },
  {
    id: 'primary_mac',
    header: 'MAC address',
    sortKey: 'primary_mac',
    cell: (host) => mono(host.primary_mac),
  },
  {
    id: 'created_at',
    header: 'Added',
    sortKey: 'created_at',
    cell: (host) => <Ago at={host.created_at} />,
  },
];

export const hiddenByDefault: readonly string[] = [
  'seen_time',
  'hostname',
  'computer_name',
  'memory',
  'cpu_type',
  'hardware_model',
  'hardware_serial',
  'uuid',
  'public_ip',
  'primary_mac',
  'created_at',
];
