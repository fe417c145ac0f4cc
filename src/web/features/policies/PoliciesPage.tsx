import { useMemo, useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { CircleCheck, Plus, SearchX, Trash2, Webhook } from 'lucide-react';
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
import { DataTable } from '@/components/DataTable';
import { ConfirmDialog } from '@/components/Dialog';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { TeamSwitcher } from '@/components/TeamSwitcher';
import { UpdatedAgo } from '@/components/Time';
import { toast } from '@/components/Toast';
import { Pager, SearchInput, SelectionBar, Toolbar } from '@/components/Toolbar';
import { plural } from '@/lib/format';
import { can } from '@/lib/permissions';
import { AutomationsDialog } from './AutomationsDialog';
import { policyColumns } from './columns';
import type { PoliciesSearch } from './search';

const route = getRouteApi('/shell/policies/manage');
const nothing: ReadonlySet<number> = new Set();

/** `/policies/manage` */
export function PoliciesPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const teams = useQuery(teamNamesQuery).data ?? [];
  const team = search.team_id;
  const writes = can(me, 'policies.write', team ?? null);
  const page = search.page ?? 0;
  const perPage = search.per_page ?? 50;
  // What needs somebody comes first.
  const sort = {
    key: search.order_key ?? 'failing_host_count',
    direction: search.order_direction ?? (search.order_key ? ('asc' as const) : ('desc' as const)),
  };
  const list = useQuery(
    policyListQuery({
      team_id: team,
      query: search.query,
      page,
      per_page: perPage,
      order_key: sort.key,
      order_direction: sort.direction,
    }),
  );
  const total = useQuery(policyCountQuery(team, search.query));
  // A team's settings are for those who manage it.
  const webhook = useQuery({ ...policyWebhookQuery(team), enabled: writes, retry: false });
  const [selected, setSelected] = useState(nothing);
  const [deleting, setDeleting] = useState(false);
  const automated = useMemo(
    () =>
      new Set(webhook.data?.enable_failing_policies_webhook ? webhook.data.policy_ids : undefined),
    [webhook.data],
  );
  const columns = useMemo(() => policyColumns(team, automated), [team, automated]);
  const rows = list.data ?? [];
  const own = rows.filter((policy) => policy.team_id === (team ?? null));

  const change = (part: Partial<PoliciesSearch>, how?: 'replace') => {
    setSelected(nothing);
    void navigate({
      to: '/policies/manage',
      search: { ...search, page: undefined, ...part },
      replace: how === 'replace',
      resetScroll: false,
    });
  };
  const add = writes && (
    <Link
      to="/policies/new"
      search={{ team_id: team }}
      className={buttonClass({ look: 'primary' })}
    >
      <Plus aria-hidden /> Add policy
    </Link>
  );

  return (
    <Page
      title="Policies"
      section="Policies"
      beside={
        <TeamSwitcher
          teams={teams}
          value={team}
          withNoTeam={Boolean(me?.global_role)}
          onChange={(team_id) => change({ team_id })}
        />
      }
      facts={
        <>
          <span>{total.data === undefined ? ' ' : plural(total.data, 'policy', 'policies')}</span>
          {list.dataUpdatedAt > 0 && <UpdatedAgo at={list.dataUpdatedAt} />}
        </>
      }
      actions={
        <>
          {can(me, team ? 'policies.write' : 'config.write', team ?? null) && (
            <Button icon={<Webhook />} onClick={() => change({ automations: true }, 'replace')}>
              Automations
            </Button>
          )}
          {add}
        </>
      }
    >
      <Card flush>
        <Toolbar>
          <SearchInput
            label="Search policies"
            placeholder="Search by name"
            value={search.query ?? ''}
            onChange={(query) => change({ query: query || undefined }, 'replace')}
            primary
          />
          {search.query && (
            <Button look="quiet" onClick={() => change({ query: undefined })}>
              Clear filters
            </Button>
          )}
        </Toolbar>
        {selected.size > 0 && (
          <SelectionBar onClear={() => setSelected(nothing)}>
            <strong>{plural(selected.size, 'policy', 'policies')} selected</strong>
            <Button size="s" icon={<Trash2 />} onClick={() => setDeleting(true)}>
              Delete
            </Button>
          </SelectionBar>
        )}
        {list.isPending ? (
          <Skeleton lines={8} />
        ) : list.error ? (
          <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
        ) : rows.length > 0 ? (
          <DataTable
            caption="Policies"
            columns={columns}
            rows={rows}
            rowName={(policy) => policy.name}
            sort={sort}
            stale={list.isPlaceholderData}
            onSort={(next) => change({ order_key: next.key, order_direction: next.direction })}
            selection={
              writes
                ? {
                    ids: selected,
                    // Inherited ones are managed elsewhere.
                    onChange: (ids) =>
                      setSelected(new Set(own.map(({ id }) => id).filter((id) => ids.has(id)))),
                  }
                : undefined
            }
            onOpen={(policy) =>
              void navigate({
                to: '/policies/$policyId',
                params: { policyId: String(policy.id) },
                search: { team_id: team },
              })
            }
          />
        ) : search.query ? (
          <EmptyState
            icon={<SearchX />}
            title="No policy matches"
            action={<Button onClick={() => change({ query: undefined })}>Clear filters</Button>}
          />
        ) : (
          <EmptyState icon={<CircleCheck />} title="No policies yet" action={add}>
            {writes
              ? 'A policy asks a yes-or-no question of every host: a host passes when the query returns a row, and fails when it returns none.'
              : 'An administrator or maintainer can add policies.'}
          </EmptyState>
        )}
        {(rows.length > 0 || page > 0) && (
          <Pager
            page={page}
            perPage={perPage}
            shown={rows.length}
            total={total.data}
            onPage={(next) => change({ page: next || undefined })}
            onPerPage={(size) =>
              change({
                per_page: size === 50 ? undefined : (size as PoliciesSearch['per_page']),
              })
            }
          />
        )}
      </Card>
      {deleting && (
        <ConfirmDialog
          title={`Delete ${plural(selected.size, 'policy', 'policies')}?`}
          action="Delete"
          onClose={() => setDeleting(false)}
          onConfirm={async () => {
            await api.remove(team ?? null, [...selected]);
            toast.ok(`${plural(selected.size, 'policy', 'policies')} deleted.`);
            setSelected(nothing);
            await cache.invalidateQueries({ queryKey: ['policies'] });
          }}
        >
          <p>Hosts are no longer asked; the answers and their history are removed.</p>
          {[...selected].some((id) => automated.has(id)) && (
            <p>The webhook is no longer called for them.</p>
          )}
        </ConfirmDialog>
      )}
      {search.automations && (
        <AutomationsDialog
          team={team}
          onClose={() => change({ automations: undefined }, 'replace')}
        />
      )}
    </Page>
  );
}
