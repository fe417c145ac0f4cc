import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';

export type TokenScope = 'read_only' | 'full';

/** A token that a user made for a program. */
export interface ApiToken {
  id: number;
  name: string;
  scope: TokenScope;
  team_id?: number | null;
  created_at: string;
  expires_at?: string | null;
  last_used_at?: string | null;
}

export interface NewApiToken {
  name: string;
  scope: TokenScope;
  team_id: number | null;
  expires_at: string | null;
}

export const apiTokensQuery = queryOptions({
  queryKey: ['me', 'tokens'],
  queryFn: async ({ signal }) =>
    (await api.get<{ api_tokens: ApiToken[] | null }>('/me/tokens', { signal })).api_tokens ?? [],
});

export const apiTokens = {
  create: (body: NewApiToken) => api.post<{ token: string }>('/me/tokens', { body }),
  remove: (id: number) => api.delete(`/me/tokens/${id}`),
};

export const account = {
  confirmEmail: (token: string) =>
    api.get<{ new_email: string }>(`/email/change/${encodeURIComponent(token)}`),
};
