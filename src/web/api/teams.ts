import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, Body, EnrollSecret, Params, Role, Schema } from '@/api/types';
import type { JsonObject } from '@/lib/fields';

export type Team = Schema['Team'];
/** Of 0, no team, the server tells less; it has no page. */
type OneTeam = Answer<'create_team'>;

/** Beyond Fleet's, a secret has a name and can end by itself; what is not set is left out. */
export type TeamSecret = EnrollSecret;

/** What is not named stays as the server knows it. */
export type WantedSecret = Pick<TeamSecret, 'secret' | 'name' | 'expires_at' | 'use_limit'>;

export const teamListQuery = queryOptions({
  queryKey: ['teams', 'list'],
  queryFn: async ({ signal }) =>
    (await api.get<Answer<'list_teams'>>('/teams', { signal })).teams ?? [],
  staleTime: 30_000,
});

export const teamQuery = (id: number) =>
  queryOptions({
    queryKey: ['teams', 'one', id],
    queryFn: async ({ signal }) => (await api.get<OneTeam>(`/teams/${id}`, { signal })).team,
  });

export const teamMembersQuery = (id: number) =>
  queryOptions({
    queryKey: ['teams', 'users', id],
    queryFn: async ({ signal }) =>
      (await api.get<Answer<'list_team_users'>>(`/teams/${id}/users`, { signal })).users ?? [],
  });

export const teamSecretsQuery = (id: number) =>
  queryOptions({
    queryKey: ['teams', 'secrets', id],
    queryFn: async ({ signal }) =>
      (await api.get<Answer<'team_enroll_secrets'>>(`/teams/${id}/secrets`, { signal })).secrets ??
      [],
  });

export type TeamMember = Schema['TeamMember'];

/** The server names a member's role beside the user or in the user's list of teams. */
export function roleOn(member: TeamMember, team: number): Role | undefined {
  return member.role ?? member.teams?.find((each) => each.id === team)?.role;
}

export type OptionsCheck = Pick<Params<'modify_team_agent_options'>, 'dry_run' | 'force'>;

export const teams = {
  create: async (body: Body<'create_team'>) => (await api.post<OneTeam>('/teams', { body })).team,
  modify: async (id: number, body: Body<'modify_team'> | JsonObject) =>
    (await api.patch<OneTeam>(`/teams/${id}`, { body })).team,
  remove: (id: number) => api.delete(`/teams/${id}`),
  setMembers: (id: number, members: { id: number; role: Role }[]) =>
    api.patch(`/teams/${id}/users`, { body: { users: members } satisfies Body<'add_team_users'> }),
  removeMember: (id: number, user: number) =>
    api.delete(`/teams/${id}/users`, {
      body: { users: [{ id: user }] } satisfies Body<'delete_team_users'>,
    }),
  setSecrets: (id: number, secrets: WantedSecret[]) =>
    api.patch(`/teams/${id}/secrets`, {
      body: { secrets } satisfies Body<'modify_team_enroll_secrets'>,
    }),
  setAgentOptions: (id: number, options: unknown, how: OptionsCheck = {}) =>
    api.post(`/teams/${id}/agent_options`, { body: options, params: { ...how } }),
};
