import { empty, gigs } from '@/lib/format';
import { Meter } from './Meter';
import styles from './DiskSpace.module.css';

interface Disk {
  gigs_disk_space_available: number;
  percent_disk_space_available: number;
  gigs_total_disk_space: number;
}

// Below this many gigabytes updates start to fail.
const low = 32;

/** How much is free, with the share that is used up as a bar. */
export function DiskSpace({ host }: { host: Disk }) {
  const free = host.gigs_disk_space_available;
  const total = host.gigs_total_disk_space;
  if (!(total > 0) && !(free > 0)) return <>{empty}</>;
  const share = host.percent_disk_space_available;
  const tone = free < low && share < 20 ? 'bad' : share < 10 ? 'warn' : 'ok';
  return (
    <span
      className={styles.disk}
      title={`${gigs(free)} of ${total > 0 ? gigs(total) : 'unknown size'} available (${Math.round(share)}%)`}
    >
      <Meter label="Disk space available" value={share} max={100} tone={tone} />
      {gigs(free)}
    </span>
  );
}
