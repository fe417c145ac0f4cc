import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, Body, Schema } from '@/api/types';

/** A token that a user made for a program. */
export type ApiToken = Schema['ApiToken'];
export type TokenScope = ApiToken['scope'];
export type NewApiToken = Required<Body<'create_my_token'>>;

export const apiTokensQuery = queryOptions({
  queryKey: ['me', 'tokens'],
  queryFn: async ({ signal }) =>
    (await api.get<Answer<'list_my_tokens'>>('/me/tokens', { signal })).api_tokens ?? [],
});

export const apiTokens = {
  create: (body: NewApiToken) => api.post<Answer<'create_my_token'>>('/me/tokens', { body }),
  remove: (id: number) => api.delete(`/me/tokens/${id}`),
};

export const account = {
  confirmEmail: (token: string) =>
    api.get<Answer<'change_email'>>(`/email/change/${encodeURIComponent(token)}`),
};
