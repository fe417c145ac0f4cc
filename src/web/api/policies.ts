import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Answer, AppConfig, Body, Filled, Params, Schema, SortedPage } from '@/api/types';

/** `team_id` null: of all teams, 0: of hosts without a team. Lists leave the warnings out. */
export type Policy = Schema['Policy'] & Partial<Pick<Schema['PolicyWithWarnings'], 'warnings'>>;

export type PolicyFields = Filled<
  Pick<
    Body<'create_policy'>,
    | 'name'
    | 'query'
    | 'description'
    | 'resolution'
    | 'platform'
    | 'critical'
    | 'labels_include_any'
    | 'labels_include_all'
    | 'labels_exclude_any'
    | 'labels_exclude_all'
  >
>;

export type PolicyListRequest = SortedPage &
  Pick<Params<'list_policies'>, 'query'> &
  Pick<Params<'policy_history'>, 'team_id'>;

/** Everybody's policies, or those of a team and what it inherits. */
function base(team: number | null | undefined): string {
  return team == null ? '/policies' : `/teams/${team}/policies`;
}

export const policyListQuery = ({ team_id, ...request }: PolicyListRequest) =>
  queryOptions({
    queryKey: ['policies', 'list', team_id ?? null, request],
    queryFn: async ({ signal }) => {
      const body = await api.get<Answer<'list_policies'>>(base(team_id), {
        params: { ...request, merge_inherited: team_id === undefined ? undefined : true },
        signal,
      });
      return body.policies ?? [];
    },
    placeholderData: keepPreviousData,
    refetchInterval: 30_000,
  });

export const policyCountQuery = (team_id: number | undefined, query: string | undefined) =>
  queryOptions({
    queryKey: ['policies', 'count', team_id ?? null, query ?? ''],
    queryFn: async ({ signal }) => {
      const body = await api.get<Answer<'count_policies'>>(`${base(team_id)}/count`, {
        params: { query, merge_inherited: team_id === undefined ? undefined : true },
        signal,
      });
      return body.count;
    },
    placeholderData: keepPreviousData,
  });

export const policyQuery = (id: number) =>
  queryOptions({
    queryKey: ['policies', 'one', id],
    queryFn: async ({ signal }) =>
      (await api.get<Answer<'get_policy'>>(`/policies/${id}`, { signal })).policy,
    refetchInterval: 30_000,
  });

/** What hosts answered on a day. */
export type PolicyDay = Answer<'policy_history'>['history'][number];

export const policyHistoryQuery = (id: number, team: number | undefined, days: number) =>
  queryOptions({
    queryKey: ['policies', 'history', id, team ?? null, days],
    queryFn: async ({ signal }) =>
      (
        await api.get<Answer<'policy_history'>>(`/policies/${id}/history`, {
          params: { team_id: team, days },
          signal,
        })
      ).history ?? [],
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const policies = {
  create: async (team: number | null, body: PolicyFields) =>
    (await api.post<Answer<'create_policy'>>(base(team), { body })).policy,
  modify: async (team: number | null, id: number, body: Partial<PolicyFields>) =>
    (await api.patch<Answer<'modify_policy'>>(`${base(team)}/${id}`, { body })).policy,
  remove: (team: number | null, ids: number[]) =>
    api.post(`${base(team)}/delete`, { body: { ids } satisfies Body<'delete_policies'> }),
};

/** Where news about failing policies are posted. */
export type FailingPoliciesWebhook = AppConfig['webhook_settings']['failing_policies_webhook'];

const noWebhook: FailingPoliciesWebhook = {
  enable_failing_policies_webhook: false,
  destination_url: '',
  policy_ids: [],
  host_batch_size: 0,
};

export const policyWebhookQuery = (team: number | undefined) =>
  queryOptions({
    queryKey: ['policies', 'webhook', team ?? null],
    queryFn: async ({ signal }) => {
      const settings =
        team === undefined
          ? await api.get<Answer<'get_config'>>('/config', { signal })
          : (await api.get<Answer<'get_team'>>(`/teams/${team}`, { signal })).team;
      return settings.webhook_settings?.failing_policies_webhook ?? noWebhook;
    },
  });

export function savePolicyWebhook(team: number | undefined, webhook: FailingPoliciesWebhook) {
  const body = { webhook_settings: { failing_policies_webhook: webhook } };
  return api.patch(team === undefined ? '/config' : `/teams/${team}`, { body });
}
