import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { EnrollSecret, Role, User } from '@/api/types';

export interface Team {
  id: number;
  name: string;
  description: string;
  created_at: string;
  user_count: number;
  host_count: number;
  agent_options?: unknown;
  host_expiry_settings?: { host_expiry_enabled: boolean; host_expiry_window: number };
  features?: Record<string, unknown>;
  webhook_settings?: Record<string, unknown>;
}

/** Beyond Fleet's, a secret has a name and can end by itself; what is not set is left out. */
export interface TeamSecret extends EnrollSecret {
  name?: string;
  expires_at?: string | null;
  use_limit?: number | null;
  use_count?: number;
  last_used_at?: string | null;
}

/** What is not named stays as the server knows it. */
export type WantedSecret = Pick<TeamSecret, 'secret'> &
  Partial<Pick<TeamSecret, 'name' | 'expires_at' | 'use_limit'>>;

export const teamListQuery = queryOptions({
  queryKey: ['teams', 'list'],
  queryFn: async ({ signal }) =>
    (await api.get<{ teams: Team[] | null }>('/teams', { signal })).teams ?? [],
  staleTime: 30_000,
});

export const teamQuery = (id: number) =>
  queryOptions({
    queryKey: ['teams', 'one', id],
    queryFn: async ({ signal }) => (await api.get<{ team: Team }>(`/teams/${id}`, { signal })).team,
  });

export const teamMembersQuery = (id: number) =>
  queryOptions({
    queryKey: ['teams', 'users', id],
    queryFn: async ({ signal }) =>
      (await api.get<{ users: TeamMember[] | null }>(`/teams/${id}/users`, { signal })).users ?? [],
  });

export const teamSecretsQuery = (id: number) =>
  queryOptions({
    queryKey: ['teams', 'secrets', id],
    queryFn: async ({ signal }) =>
      (await api.get<{ secrets: TeamSecret[] | null }>(`/teams/${id}/secrets`, { signal }))
        .secrets ?? [],
  });

export type TeamMember = User & { role?: Role };

/** The server names a member's role beside the user or in the user's list of teams. */
export function roleOn(member: TeamMember, team: number): Role | undefined {
  return member.role ?? member.teams?.find((each) => each.id === team)?.role;
}

export interface OptionsCheck {
  dry_run?: boolean;
  force?: boolean;
}

export const teams = {
  create: async (body: { name: string; description: string }) =>
    (await api.post<{ team: Team }>('/teams', { body })).team,
  modify: async (id: number, body: Record<string, unknown>) =>
    (await api.patch<{ team: Team }>(`/teams/${id}`, { body })).team,
  remove: (id: number) => api.delete(`/teams/${id}`),
  setMembers: (id: number, members: { id: number; role: Role }[]) =>
    api.patch(`/teams/${id}/users`, { body: { users: members } }),
  removeMember: (id: number, user: number) =>
    api.delete(`/teams/${id}/users`, { body: { users: [{ id: user }] } }),
  setSecrets: (id: number, secrets: WantedSecret[]) =>
    api.patch(`/teams/${id}/secrets`, { body: { secrets } }),
  setAgentOptions: (id: number, options: unknown, how: OptionsCheck = {}) =>
    api.post(`/teams/${id}/agent_options`, { body: options, params: { ...how } }),
};
