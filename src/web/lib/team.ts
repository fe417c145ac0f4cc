import { integer } from '@/lib/search';

/** Whose things a page shows: undefined is everybody's, 0 those of no team. */
export interface TeamSearch {
  team_id?: number;
}

/** The wire's newer name leads to the same view. */
export function teamSearch(raw: Record<string, unknown>): TeamSearch {
  const team_id = integer(raw, 'team_id') ?? integer(raw, 'fleet_id');
  // Raw parameters stay in the address unless something takes their place.
  const gone: object = { fleet_id: undefined };
  return { ...gone, team_id };
}

/** Whose objects something with this `team_id` belongs to: null is everybody's. */
export function teamName(
  id: number | null | undefined,
  teams: readonly { id: number; name: string }[],
): string {
  if (id == null) return 'All teams';
  if (id === 0) return 'No team';
  return teams.find((team) => team.id === id)?.name ?? `Team ${id}`;
}
