import { queryOptions } from '@tanstack/react-query';
import { api, ApiError } from '@/api/client';
import type { AppConfig, Me, User } from '@/api/types';

export interface SetupRequest {
  admin: { name: string; email: string; password: string };
  org_info: { org_name: string; org_logo_url: string };
  server_url: string;
}

/** Without a token, a mail with a link is on its way, and `message` says so. */
export interface SignedIn {
  token?: string;
  user?: User;
  message?: string;
}

export interface AcceptInvite {
  invite_token: string;
  email: string;
  name: string;
  password?: string;
  password_confirmation?: string;
  sso_invite?: boolean;
}

export const auth = {
  setup: (body: SetupRequest) =>
    api.post<{ token?: string }>('/api/v1/setup', { body, token: null }),
  login: (email: string, password: string) =>
    api.post<SignedIn>('/login', {
      body: { email, password, supports_email_verification: true },
      token: null,
    }),
  /** The second step, with what the link in the mail says. */
  confirmLogin: (token: string) =>
    api.post<SignedIn>('/sessions', { body: { token }, token: null }),
  /** Answers where the identity provider is; it sends people back to `relay_url`. */
  startSso: (relay_url: string) =>
    api.post<{ url: string }>('/api/v1/fleet/sso', {
      body: { relay_url },
      token: null,
      cookies: true,
    }),
  logout: () => api.post('/logout'),
  changePassword: (old_password: string, new_password: string) =>
    api.post('/change_password', { body: { old_password, new_password } }),
  forgotPassword: (email: string) => api.post('/forgot_password', { body: { email }, token: null }),
  resetPassword: (password_reset_token: string, new_password: string) =>
    api.post('/reset_password', {
      body: { password_reset_token, new_password, new_password_confirmation: new_password },
      token: null,
    }),
  acceptInvite: (body: AcceptInvite) => api.post<{ user: User }>('/users', { body, token: null }),
  requiredReset: (new_password: string) =>
    api.post('/perform_required_password_reset', { body: { new_password } }),
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
  queryFn: ({ signal }) => api.get<{ version: string; revision?: string }>('/version', { signal }),
  staleTime: Infinity,
});

export interface SsoSettings {
  sso_enabled: boolean;
  idp_name: string;
  idp_image_url: string;
}

export const ssoQuery = queryOptions({
  queryKey: ['sso'],
  queryFn: async ({ signal }) =>
    (await api.get<{ settings: SsoSettings }>('/api/v1/fleet/sso', { token: null, signal }))
      .settings,
  staleTime: 60_000,
  retry: false,
});

/** Whom an invitation is for, asked with the token of its link. */
export const inviteQuery = (token: string) =>
  queryOptions({
    queryKey: ['invite', token],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ invite: { name: string; email: string; sso_enabled: boolean } }>(
          `/invites/${encodeURIComponent(token)}`,
          { token: null, signal },
        )
      ).invite,
    staleTime: Infinity,
    retry: false,
  });
