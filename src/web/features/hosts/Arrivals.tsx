import { useEffect, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { CircleCheck } from 'lucide-react';
import { hostCountQuery, hostListQuery } from '@/api/hosts';
import { plural } from '@/lib/format';
import styles from './Hosts.module.css';

/** Watches for hosts that enroll, and leads to the first of them. */
export function Arrivals({ team }: { team: number | undefined }) {
  const cache = useQueryClient();
  const total = useQuery({ ...hostCountQuery({ team_id: team }), refetchInterval: 3_000 });
  const [before, setBefore] = useState(total.data);
  if (before === undefined && total.data !== undefined) setBefore(total.data);
  const arrived = Math.max(0, (total.data ?? 0) - (before ?? total.data ?? 0));
  const newest = useQuery({
    ...hostListQuery({
      team_id: team,
      page: 0,
      per_page: 1,
      order_key: 'created_at',
      order_direction: 'desc',
    }),
    enabled: arrived > 0,
  }).data?.[0];

  // The page behind the dialog comes alive, too.
  useEffect(() => {
    if (arrived > 0) void cache.invalidateQueries({ queryKey: ['hosts'] });
  }, [arrived, cache]);

  return (
    <p role="status" className={styles.arrivals} data-arrived={arrived > 0 || undefined}>
      {arrived === 0 ? (
        <>
          <span className={styles.pulse} aria-hidden /> Waiting for a new host to appear…
        </>
      ) : (
        <>
          <CircleCheck aria-hidden /> {plural(arrived, 'new host')} arrived.{' '}
          {newest && (
            <Link to="/hosts/$hostId/details" params={{ hostId: String(newest.id) }}>
              Show {newest.display_name || newest.hostname || 'the newest one'}
            </Link>
          )}
        </>
      )}
    </p>
  );
}
