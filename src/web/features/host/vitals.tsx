import type { ReactNode } from 'react';
import type { HostDetail } from '@/api/types';
import { CopyIcon } from '@/components/CopyButton';
import { Ago } from '@/components/Time';
import { empty, gigs, platformName, text } from '@/lib/format';
import styles from './Host.module.css';

function copyable(value: string, label: string): ReactNode {
  if (!value) return empty;
  return (
    <span className={styles.copyable}>
      <code>{value}</code>
      <CopyIcon value={value} label={`Copy ${label}`} />
    </span>
  );
}

/** Facts about a host by name, in alphabetical order; what is unknown on a platform is left out. */
export function vitals(host: HostDetail): [string, ReactNode][] {
  const cores = host.cpu_physical_cores
    ? `${host.cpu_physical_cores} physical, ${host.cpu_logical_cores} logical`
    : empty;
  const list: [string, ReactNode, boolean?][] = [
    ['Added', <Ago key="added" at={host.created_at} />],
    [
      'Battery',
      host.batteries
        ?.map((battery) => `${battery.health}, ${battery.cycle_count} cycles`)
        .join('; '),
      (host.batteries?.length ?? 0) > 0,
    ],
    ['CPU cores', cores],
    [
      'Disk encryption',
      host.disk_encryption_enabled ? 'On' : 'Off',
      host.disk_encryption_enabled != null,
    ],
    ['Disk size', gigs(host.gigs_total_disk_space), host.gigs_total_disk_space > 0],
    ['Hardware model', text([host.hardware_vendor, host.hardware_model].filter(Boolean).join(' '))],
    ['Hostname', text(host.hostname)],
    ['Last enrolled', <Ago key="enrolled" at={host.last_enrolled_at} />],
    ['Last restarted', <Ago key="restarted" at={host.last_restarted_at} />],
    ['MAC address', copyable(host.primary_mac, 'MAC address')],
    ['Operating system build', text(host.build), Boolean(host.build)],
    ['osquery check-in', `every ${host.distributed_interval} s`, host.distributed_interval > 0],
    ['Agent', `fleetd ${host.orbit_version ?? ''}`, Boolean(host.orbit_version)],
    ['Platform', text(platformName(host.platform))],
    ['Private IP address', copyable(host.primary_ip, 'private IP address')],
    ['Public IP address', copyable(host.public_ip, 'public IP address')],
    ['Serial number', copyable(host.hardware_serial, 'serial number')],
    ['Team', text(host.team_name), Boolean(host.team_name)],
    ['Time zone', text(host.timezone), Boolean(host.timezone)],
    ['UUID', copyable(host.uuid, 'UUID')],
  ];
  return list
    .filter(([, , known]) => known !== false)
    .map(([name, value]): [string, ReactNode] => [name, value])
    .sort(([a], [b]) => a.localeCompare(b));
}
