import { queryOptions } from '@tanstack/react-query';
import { api, ApiError } from '@/api/client';
import type { AppConfig, Me, User } from '@/api/types';

export interface SetupRequest {
  admin: { name: string; email: string; password: string };
  org_info: { org_name: string; org_logo_url: string };
  server_url: string;
}

export const auth = {
  setup: (body: SetupRequest) =>
    api.post<{ token?: string }>('/api/v1/setup', { body, token: null }),
  login: (email: string, password: string) =>
    api.post<{ token?: string; user?: User; message?: string }>('/login', {
      body: { email, password },
      token: null,
    }),
  logout: () => api.post('/logout'),
  changePassword: (old_password: string, new_password: string) =>
    api.post('/change_password', { body: { old_password, new_password } }),
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
