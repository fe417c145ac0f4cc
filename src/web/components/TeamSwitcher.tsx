import { UsersRound } from 'lucide-react';
import { count } from '@/lib/format';
import { teamName } from '@/lib/team';
import { Picker } from './Picker';

interface Props {
  teams: readonly { id: number; name: string; host_count?: number }[];
  value: number | undefined;
  onChange: (team: number | undefined) => void;
  /** Somebody with roles in teams only never sees hosts without a team. */
  withNoTeam?: boolean;
}

/** Whose things the page shows. Without any team there is nothing to switch. */
export function TeamSwitcher({ teams, value, onChange, withNoTeam = true }: Props) {
  if (teams.length === 0 && value === undefined) return null;
  const items = [
    { key: 'all', label: 'All teams', id: undefined },
    ...teams.map((team) => ({
      key: String(team.id),
      label: team.name,
      id: team.id,
      note: team.host_count === undefined ? undefined : count(team.host_count),
    })),
    ...(withNoTeam ? [{ key: '0', label: 'No team', id: 0 }] : []),
  ];
  return (
    <Picker
      label="Team"
      look="title"
      icon={<UsersRound aria-hidden />}
      items={items}
      chosen={value === undefined ? 'all' : String(value)}
      onPick={(item) => onChange(item.id)}
    >
      {teamName(value, teams)}
    </Picker>
  );
}
