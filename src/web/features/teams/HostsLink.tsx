import type { ReactNode } from 'react';
import { Link } from '@tanstack/react-router';

/** To the hosts of one team. */
export function HostsLink({ team, children }: { team: { id: number }; children: ReactNode }) {
  return (
    <Link to="/hosts/manage" search={{ team_id: team.id }}>
      {children}
    </Link>
  );
}
