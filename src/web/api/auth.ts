import { queryOptions } from '@tanstack/react-query';
import { api, ApiError } from '@/api/client';
import type { Answer, AppConfig, Body, Me, Schema } from '@/api/types';

export type SetupRequest = Pick<Body<'setup'>, 'admin' | 'org_info' | 'server_url'>;

/** Without a token, a mail with a link is on its way, and `message` says so. */
export type SignedIn = Answer<'login'>;

export type AcceptInvite = Body<'create_user_from_invite'>;

export const auth = {
  setup: (body: SetupRequest) => api.post<Answer<'setup'>>('/api/v1/setup', { body, token: null }),
  login: (email: string, password: string) =>
    api.post<SignedIn>('/login', {
      body: { email, password, supports_email_verification: true } satisfies Body<'login'>,
      token: null,
    }),
  /** The second step, with what the link in the mail says. */
  confirmLogin: (token: string) =>
    api.post<Answer<'finish_login'>>('/sessions', {
      body: { token } satisfies Body<'finish_login'>,
      token: null,
    }),
  /** Answers where the identity provider is; it sends people back to `relay_url`. */
  startSso: (relay_url: string) =>
    api.post<Answer<'initiate_sso'>>('/api/v1/fleet/sso', {
      body: { relay_url } satisfies Body<'initiate_sso'>,
      token: null,
      cookies: true,
    }),
  logout: () => api.post('/logout'),
  changePassword: (old_password: string, new_password: string) =>
    api.post('/change_password', {
      body: { old_password, new_password } satisfies Body<'change_password'>,
    }),
  forgotPassword: (email: string) =>
    api.post('/forgot_password', {
      body: { email } satisfies Body<'forgot_password'>,
      token: null,
    }),
  resetPassword: (password_reset_token: string, new_password: string) =>
    api.post('/reset_password', {
      body: { password_reset_token, new_password } satisfies Body<'reset_password'>,
      token: null,
    }),
  acceptInvite: (body: AcceptInvite) =>
    api.post<Answer<'create_user_from_invite'>>('/users', { body, token: null }),
  requiredReset: (new_password: string) =>
    api.post('/perform_required_password_reset', {
      body: { new_password } satisfies Body<'perform_required_password_reset'>,
    }),
};

/** Until it has its first user, a server knows no path but the one for setting it up. */
export const setupPendingQuery = queryOptions({
  queryKey: ['setup-pending'],
  queryFn: async ({ signal }) => {
    try {
      await api.get('/me', { token: null, signal });
      return false;
    } catch (error) {
      return error instanceof ApiError && error.status === 404;
    }
  },
  staleTime: Infinity,
});

export const meQuery = queryOptions({
  queryKey: ['me'],
  queryFn: ({ signal }) => api.get<Me>('/me', { params: { include_ui_settings: true }, signal }),
  staleTime: 60_000,
});

export const configQuery = queryOptions({
  queryKey: ['config'],
  queryFn: ({ signal }) => api.get<AppConfig>('/config', { signal }),
  staleTime: 60_000,
});

export const versionQuery = queryOptions({
  queryKey: ['version'],
  queryFn: ({ signal }) => api.get<Answer<'get_version'>>('/version', { signal }),
  staleTime: Infinity,
});

export type SsoSettings = Schema['SsoSettings'];

export const ssoQuery = queryOptions({
  queryKey: ['sso'],
  queryFn: async ({ signal }) =>
    (await api.get<Answer<'sso_settings'>>('/api/v1/fleet/sso', { token: null, signal })).settings,
  staleTime: 60_000,
  retry: false,
});

/** Whom an invitation is for, asked with the token of its link. */
export const inviteQuery = (token: string) =>
  queryOptions({
    queryKey: ['invite', token],
    queryFn: async ({ signal }) =>
      (
        await api.get<Answer<'verify_invite'>>(`/invites/${encodeURIComponent(token)}`, {
          token: null,
          signal,
        })
      ).invite,
    staleTime: Infinity,
    retry: false,
  });
