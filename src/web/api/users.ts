import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, ApiEndpoint, Body, Filled, Params, Schema, SortedPage } from '@/api/types';

export type UserListRequest = SortedPage & Pick<Params<'list_users'>, 'query' | 'team_id'>;

type RolesChange = Body<'modify_user'>;

/** Either a global role, or a role on each of some teams. */
export interface RolesBody {
  global_role: NonNullable<RolesChange['global_role']> | null;
  teams: Filled<NonNullable<RolesChange['teams']>[number]>[];
}

export type NewUser = RolesBody &
  Pick<Body<'create_user'>, 'name' | 'email' | 'password'> &
  Filled<Pick<Body<'create_user'>, 'sso_enabled' | 'mfa_enabled' | 'admin_forced_password_reset'>>;

export type UserChanges = Partial<RolesBody> &
  Pick<
    Body<'modify_user'>,
    'name' | 'email' | 'position' | 'password' | 'new_password' | 'sso_enabled' | 'mfa_enabled'
  >;

export type Invite = Schema['Invite'];
export type NewInvite = RolesBody &
  Filled<Pick<Body<'create_invite'>, 'email' | 'name' | 'sso_enabled' | 'mfa_enabled'>>;

export type UserSession = Schema['UserSession'];

export const userListQuery = (request: UserListRequest) =>
  queryOptions({
    queryKey: ['users', 'list', request],
    queryFn: async ({ signal }) =>
      (await api.get<Answer<'list_users'>>('/users', { params: { ...request }, signal })).users ??
      [],
    placeholderData: keepPreviousData,
  });

export const userQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', 'one', id],
    queryFn: async ({ signal }) =>
      (await api.get<Answer<'get_user'>>(`/users/${id}`, { signal })).user,
  });

export const userSessionsQuery = (id: number) =>
  queryOptions({
    queryKey: ['users', 'sessions', id],
    queryFn: async ({ signal }) =>
      (await api.get<Answer<'user_sessions'>>(`/users/${id}/sessions`, { signal })).sessions ?? [],
  });

export const inviteListQuery = (query: string | undefined) =>
  queryOptions({
    queryKey: ['invites', 'list', query ?? ''],
    queryFn: async ({ signal }) =>
      (await api.get<Answer<'list_invites'>>('/invites', { params: { query }, signal })).invites ??
      [],
    placeholderData: keepPreviousData,
  });

/** What an API-only user can be limited to. */
export const apiCatalogueQuery = queryOptions({
  queryKey: ['rest_api'],
  queryFn: async ({ signal }) =>
    (await api.get<Answer<'list_api_endpoints'>>('/rest_api', { signal })).api_endpoints ?? [],
  staleTime: Infinity,
});

export const users = {
  create: (body: NewUser) => api.post<Answer<'create_user'>>('/users/admin', { body }),
  createApiOnly: (
    body: { name: string; api_endpoints: ApiEndpoint[] | null } & Pick<RolesBody, 'global_role'> & {
        fleets: RolesBody['teams'];
      },
  ) => api.post<Answer<'create_api_only_user'>>('/users/api_only', { body }),
  modifyApiOnly: (
    id: number,
    body: Partial<RolesBody> & { name?: string | null; api_endpoints?: ApiEndpoint[] | null },
  ) => api.patch<Answer<'modify_api_only_user'>>(`/users/api_only/${id}`, { body }),
  modify: (id: number, body: UserChanges) =>
    api.patch<Answer<'modify_user'>>(`/users/${id}`, { body }),
  remove: (id: number) => api.delete(`/users/${id}`),
  requireReset: (id: number, require: boolean) =>
    api.post<Answer<'require_password_reset'>>(`/users/${id}/require_password_reset`, {
      body: { require } satisfies Body<'require_password_reset'>,
    }),
  endSessions: (id: number) => api.delete(`/users/${id}/sessions`),
  endSession: (sessionId: number) => api.delete(`/sessions/${sessionId}`),
};

export const invites = {
  create: (body: NewInvite) => api.post<Answer<'create_invite'>>('/invites', { body }),
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
