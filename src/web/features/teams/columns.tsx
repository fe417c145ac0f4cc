import { Link } from '@tanstack/react-router';
import type { Team } from '@/api/teams';
import type { Column } from '@/components/DataTable';
import { count, text } from '@/lib/format';
import { HostsLink } from './HostsLink';
import styles from './Teams.module.css';

export const teamColumns: readonly Column<Team>[] = [
  {
    id: 'name',
    header: 'Name',
    sortKey: 'name',
    maxWidth: '340px',
    cell: (team) => (
      <Link
        to="/settings/teams/$tab"
        params={{ tab: 'members' }}
        search={{ team_id: team.id }}
        className={styles.name}
        title={team.name}
      >
        {team.name}
      </Link>
    ),
  },
  {
    id: 'description',
    header: 'Description',
    maxWidth: '420px',
    cell: (team) => <span title={team.description || undefined}>{text(team.description)}</span>,
  },
  {
    id: 'hosts',
    header: 'Hosts',
    sortKey: 'host_count',
    numeric: true,
    cell: (team) => <HostsLink team={team}>{count(team.host_count)}</HostsLink>,
  },
  {
    id: 'members',
    header: 'Members',
    sortKey: 'user_count',
    numeric: true,
    cell: (team) => count(team.user_count),
  },
];
