import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ApiEndpoint, Role, User } from '@/api/types';

export interface UserListRequest {
  query?: string;
  team_id?: number;
  page: number;
  per_page: number;
  order_key: string;
  order_direction: 'asc' | 'desc';
}

/** Either a global role, or a role on each of some teams. */
export interface RolesBody {
  global_role: Role | null;
  teams: { id: number; role: Role }[];
}

export interface NewUser extends RolesBody {
  name: string;
  email: string;
  password?: string;
  sso_enabled: boolean;
  mfa_enabled: boolean;
  admin_forced_password_reset: boolean;
}

export interface UserChanges extends Partial<RolesBody> {
  name?: string;
  email?: string;
  position?: string;
  password?: string;
  new_password?: string;
  sso_enabled?: boolean;
  mfa_enabled?: boolean;
}

export interface Invite {
  id: number;
  email: string;
  name: string;
  position?: string;
  sso_enabled: boolean;
  mfa_enabled?: boolean;
  global_role: Role | null;
  teams: { id: number; name: string; role: Role }[] | null;
  created_at: string;
}

export type NewInvite = RolesBody &
  Pick<Invite, 'email' | 'name' | 'sso_enabled'> & { mfa_enabled: boolean };

export interface UserSession {
  session_id: number;
  user_id: number;
  created_at: string;
  /** Ours: Fleet tells only when a session began. */
  accessed_at?: string;
}

export const userListQuery = (request: UserListRequest) =>
  queryOptions({
    queryKey: ['users', 'list', request],
    queryFn: async ({ signal }) =>
      (await api.get<{ users: User[] | null }>('/users', { params: { ...request }, signal }))
        .users ?? [],
    placeholderData: keepPreviousData,
  });

export const userQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', 'one', id],
    queryFn: async ({ signal }) => (await api.get<{ user: User }>(`/users/${id}`, { signal })).user,
  });

export const userSessionsQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', 'sessions', id],
    queryFn: async ({ signal }) =>
      (await api.get<{ sessions: UserSession[] | null }>(`/users/${id}/sessions`, { signal }))
        .sessions ?? [],
  });

export const inviteListQuery = (query: string | undefined) =>
  queryOptions({
    queryKey: ['invites', 'list', query ?? ''],
    queryFn: async ({ signal }) =>
      (await api.get<{ invites: Invite[] | null }>('/invites', { params: { query }, signal }))
        .invites ?? [],
    placeholderData: keepPreviousData,
  });

/** What an API-only user can be limited to. */
export const apiCatalogueQuery = queryOptions({
  queryKey: ['rest_api'],
  queryFn: async ({ signal }) =>
    (await api.get<{ api_endpoints: ApiEndpoint[] | null }>('/rest_api', { signal }))
      .api_endpoints ?? [],
  staleTime: Infinity,
});

export const users = {
  create: (body: NewUser) => api.post<{ user: User; token?: string }>('/users/admin', { body }),
  createApiOnly: (
    body: { name: string; api_endpoints: Pick<ApiEndpoint, 'method' | 'path'>[] | null } & Pick<
      RolesBody,
      'global_role'
    > & { fleets: RolesBody['teams'] },
  ) => api.post<{ user: User; token?: string }>('/users/api_only', { body }),
  modifyApiOnly: (
    id: number,
    body: Partial<RolesBody> & {
      name?: string;
      api_endpoints?: Pick<ApiEndpoint, 'method' | 'path'>[] | null;
    },
  ) => api.patch<{ user: User }>(`/users/api_only/${id}`, { body }),
  modify: (id: number, body: UserChanges) => api.patch<{ user: User }>(`/users/${id}`, { body }),
  remove: (id: number) => api.delete(`/users/${id}`),
  requireReset: (id: number, require: boolean) =>
    api.post<{ user: User }>(`/users/${id}/require_password_reset`, { body: { require } }),
  endSessions: (id: number) => api.delete(`/users/${id}/sessions`),
  endSession: (sessionId: number) => api.delete(`/sessions/${sessionId}`),
};

export const invites = {
  create: (body: NewInvite) => api.post<{ invite: Invite }>('/invites', { body }),
  remove: (id: number) => api.delete(`/invites/${id}`),
  /** The server never mails a link again: a new invitation takes the place of the old one. */
  async resend(invite: Invite) {
    await invites.remove(invite.id);
    return invites.create({
      email: invite.email,
      name: invite.name,
      sso_enabled: invite.sso_enabled,
      mfa_enabled: invite.mfa_enabled ?? false,
      global_role: invite.global_role,
      teams: (invite.teams ?? []).map(({ id, role }) => ({ id, role })),
    });
  },
};
