import { useMemo } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { CircleCheck, Plus, Webhook } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import {
  policies as api,
  policyCountQuery,
  policyListQuery,
  policyWebhookQuery,
} from '@/api/policies';
import { teamNamesQuery } from '@/api/teamList';
import { Button, buttonClass } from '@/components/Button';
import { ListPage } from '@/components/ListPage';
import { can } from '@/lib/permissions';
import { sortOf } from '@/lib/search';
import { AutomationsDialog } from './AutomationsDialog';
import { policyColumns } from './columns';
import type { PoliciesSearch } from './search';

const route = getRouteApi('/shell/policies/manage');
// What needs somebody comes first.
const usual = { key: 'failing_host_count', direction: 'desc' } as const;

/** `/policies/manage` */
export function PoliciesPage() {
  const { automations, ...search } = route.useSearch();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery);
  const user = me.data?.user;
  const teams = useQuery(teamNamesQuery);
  const team = search.team_id;
  const writes = can(user, 'policies.write', team ?? null);
  const sort = sortOf(search, usual);
  const list = useQuery(
    policyListQuery({
      team_id: team,
      query: search.query,
      page: search.page ?? 0,
      per_page: search.per_page ?? 50,
      order_key: sort.key,
      order_direction: sort.direction,
    }),
  );
  const total = useQuery(policyCountQuery(team, search.query));
  // A team's settings are for those who manage it.
  const webhook = useQuery({ ...policyWebhookQuery(team), enabled: writes, retry: false });
  const automated = useMemo(
    () =>
      new Set(webhook.data?.enable_failing_policies_webhook ? webhook.data.policy_ids : undefined),
    [webhook.data],
  );
  const columns = useMemo(() => policyColumns(team, automated), [team, automated]);
  const change = (part: Partial<PoliciesSearch>, how?: 'replace') =>
    void navigate({
      to: '/policies/manage',
      search: { ...search, automations, ...part },
      replace: how === 'replace',
      resetScroll: false,
    });

  return (
    <ListPage
      title="Policies"
      noun={['policy', 'policies']}
      search={search}
      onSearch={change}
      teams={me.isPending || teams.isPending ? undefined : (teams.data ?? [])}
      withNoTeam={Boolean(user?.global_role)}
      list={{ ...list, error: list.error as ApiError | null }}
      total={total.data}
      columns={columns}
      defaultSort={usual}
      onClear={() => change({ query: undefined, page: undefined })}
      actions={
        can(user, team ? 'policies.write' : 'config.write', team ?? null) && (
          <Button icon={<Webhook />} onClick={() => change({ automations: true }, 'replace')}>
            Automations
          </Button>
        )
      }
      add={
        writes && (
          <Link
            to="/policies/new"
            search={{ team_id: team }}
            className={buttonClass({ look: 'primary' })}
          >
            <Plus aria-hidden /> Add policy
          </Link>
        )
      }
      icon={<CircleCheck />}
      about="A policy asks a yes-or-no question of every host: a host passes when the query returns a row, and fails when it returns none."
      mayWrite={writes}
      onOpen={(policy) =>
        void navigate({
          to: '/policies/$policyId',
          params: { policyId: String(policy.id) },
          search: { team_id: team },
        })
      }
      remove={async (ids) => {
        await api.remove(team ?? null, ids);
        await cache.invalidateQueries({ queryKey: ['policies'] });
      }}
      loss={(ids) => (
        <>
          <p>Hosts are no longer asked; the answers and their history are removed.</p>
          {[...ids].some((id) => automated.has(id)) && (
            <p>The webhook is no longer called for them.</p>
          )}
        </>
      )}
    >
      {automations && (
        <AutomationsDialog
          team={team}
          onClose={() => change({ automations: undefined }, 'replace')}
        />
      )}
    </ListPage>
  );
}
