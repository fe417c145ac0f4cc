import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { LabelRef } from '@/api/labels';

export interface Policy {
  id: number;
  name: string;
  query: string;
  description: string;
  resolution?: string | null;
  critical: boolean;
  /** null: of all teams, 0: of hosts without a team. */
  team_id: number | null;
  platform: string;
  author_name: string;
  created_at: string;
  updated_at: string;
  passing_host_count: number;
  failing_host_count: number;
  host_count_updated_at: string | null;
  labels_include_any?: LabelRef[] | null;
  labels_include_all?: LabelRef[] | null;
  labels_exclude_any?: LabelRef[] | null;
  labels_exclude_all?: LabelRef[] | null;
  /** What the server noticed about the SQL. */
  warnings?: string[] | null;
}

export interface PolicyFields {
  name: string;
  query: string;
  description: string;
  resolution: string;
  platform: string;
  critical: boolean;
  labels_include_any: string[];
  labels_include_all: string[];
  labels_exclude_any: string[];
  labels_exclude_all: string[];
}

export interface PolicyListRequest {
  team_id?: number;
  query?: string;
  page: number;
  per_page: number;
  order_key: string;
  order_direction: 'asc' | 'desc';
}

/** Everybody's policies, or those of a team and what it inherits. */
function base(team: number | null | undefined): string {
  return team == null ? '/policies' : `/teams/${team}/policies`;
}

export const policyListQuery = ({ team_id, ...request }: PolicyListRequest) =>
  queryOptions({
    queryKey: ['policies', 'list', team_id ?? null, request],
    queryFn: async ({ signal }) => {
      const body = await api.get<{ policies?: Policy[] | null }>(base(team_id), {
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
      const body = await api.get<{ count: number; inherited_policy_count?: number }>(
        `${base(team_id)}/count`,
        { params: { query, merge_inherited: team_id === undefined ? undefined : true }, signal },
      );
      return body.count;
    },
    placeholderData: keepPreviousData,
  });

export const policyQuery = (id: number) =>
  queryOptions({
    queryKey: ['policies', 'one', id],
    queryFn: async ({ signal }) =>
      (await api.get<{ policy: Policy }>(`/policies/${id}`, { signal })).policy,
    refetchInterval: 30_000,
  });

/** What hosts answered on a day. */
export interface PolicyDay {
  day: string;
  passing: number;
  failing: number;
  no_answer: number;
}

export const policyHistoryQuery = (id: number, team: number | undefined, days: number) =>
  queryOptions({
    queryKey: ['policies', 'history', id, team ?? null, days],
    queryFn: async ({ signal }) =>
      (
        await api.get<{ history: PolicyDay[] | null }>(`/policies/${id}/history`, {
          params: { team_id: team, days },
          signal,
        })
      ).history ?? [],
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  });

export const policies = {
  create: async (team: number | null, body: PolicyFields) =>
    (await api.post<{ policy: Policy }>(base(team), { body })).policy,
  modify: async (team: number | null, id: number, body: Partial<PolicyFields>) =>
    (await api.patch<{ policy: Policy }>(`${base(team)}/${id}`, { body })).policy,
  remove: (team: number | null, ids: number[]) =>
    api.post(`${base(team)}/delete`, { body: { ids } }),
};

/** Where news about failing policies are posted. */
export interface FailingPoliciesWebhook {
  enable_failing_policies_webhook: boolean;
  destination_url: string;
  policy_ids: number[] | null;
  host_batch_size: number;
}

interface WithWebhook {
  webhook_settings?: { failing_policies_webhook?: FailingPoliciesWebhook | null } | null;
}

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
          ? await api.get<WithWebhook>('/config', { signal })
          : (await api.get<{ team: WithWebhook }>(`/teams/${team}`, { signal })).team;
      return settings.webhook_settings?.failing_policies_webhook ?? noWebhook;
    },
  });

export function savePolicyWebhook(team: number | undefined, webhook: FailingPoliciesWebhook) {
  const body = { webhook_settings: { failing_policies_webhook: webhook } };
  return api.patch(team === undefined ? '/config' : `/teams/${team}`, { body });
}
