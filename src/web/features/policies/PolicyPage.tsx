import { useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Pencil, Trash2, Zap } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { policies as api, policyQuery, type Policy } from '@/api/policies';
import { teamNamesQuery } from '@/api/teamList';
import { Badge } from '@/components/Badge';
import { Button, buttonClass } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { HostsOfPolicy, isAnswered } from '@/components/PassFail';
import { Card, Page } from '@/components/Page';
import { SqlEditor } from '@/components/SqlEditor';
import { Banner, EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Ago } from '@/components/Time';
import { toast } from '@/components/Toast';
import { platformNames } from '@/lib/format';
import { can } from '@/lib/permissions';
import { teamName } from '@/lib/team';
import { AutomationCard } from './AutomationCard';
import { HistoryCard } from './HistoryCard';
import { NoPolicy } from './PolicyRoutes';
import styles from './Policies.module.css';

const route = getRouteApi('/shell/policies/$policyId');

/** `/policies/:id` */
export function PolicyPage() {
  const id = Number(route.useParams().policyId);
  const { team_id: team } = route.useSearch();
  const policy = useQuery(policyQuery(Number.isSafeInteger(id) ? id : 0));
  const back = (
    <Link to="/policies/manage" search={{ team_id: team }}>
      <ArrowLeft aria-hidden /> Policies
    </Link>
  );
  if (policy.data) return <Loaded policy={policy.data} team={team} back={back} />;
  const error = policy.error as ApiError | null;
  return (
    <Page title="Policy" section="Policies" back={back}>
      <Card flush>
        {error?.status === 404 ? (
          <NoPolicy />
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void policy.refetch()} />
        ) : (
          <Skeleton lines={8} />
        )}
      </Card>
    </Page>
  );
}

function Loaded({
  policy,
  team,
  back,
}: {
  policy: Policy;
  team: number | undefined;
  back: ReactNode;
}) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const teams = useQuery(teamNamesQuery).data ?? [];
  const search = route.useSearch();
  const [deleting, setDeleting] = useState(false);
  const params = { policyId: String(policy.id) };
  const writes = can(me, 'policies.write', policy.team_id);

  return (
    <Page
      title={policy.name}
      section="Policies"
      back={back}
      beside={
        <>
          {policy.critical && <Badge tone="bad">Critical</Badge>}
          {teams.length > 0 && <Badge>{teamName(policy.team_id, teams)}</Badge>}
        </>
      }
      actions={
        <>
          {can(me, 'queries.run_sql') && (
            <Link to="/policies/$policyId/live" params={params} className={buttonClass()}>
              <Zap aria-hidden /> Run live
            </Link>
          )}
          {writes && (
            <>
              <Button icon={<Trash2 />} onClick={() => setDeleting(true)}>
                Delete
              </Button>
              <Link
                to="/policies/$policyId/edit"
                params={params}
                className={buttonClass({ look: 'primary' })}
              >
                <Pencil aria-hidden /> Edit policy
              </Link>
            </>
          )}
        </>
      }
    >
      {policy.warnings && policy.warnings.length > 0 && (
        <Banner kind="warn">
          <ul>
            {policy.warnings.map((warning) => (
              <li key={warning}>{warning}</li>
            ))}
          </ul>
        </Banner>
      )}
      <dl className={styles.tiles}>
        <div>
          <dt>Pass</dt>
          <dd>
            <HostsOfPolicy policy={policy} response="passing" team={team} />
          </dd>
        </div>
        <div>
          <dt>Fail</dt>
          <dd>
            <HostsOfPolicy policy={policy} response="failing" team={team} />
          </dd>
        </div>
        <div>
          <dt>Counted</dt>
          <dd className={styles.when}>
            {isAnswered(policy) ? (
              policy.host_count_updated_at ? (
                <Ago at={policy.host_count_updated_at} />
              ) : (
                'just now'
              )
            ) : (
              'Waiting for the first answers'
            )}
          </dd>
        </div>
      </dl>
      <HistoryCard
        policy={policy.id}
        team={team}
        days={search.days ?? 30}
        onDays={(days) =>
          void navigate({
            to: '/policies/$policyId',
            params,
            search: { ...search, days: days === 30 ? undefined : days },
            replace: true,
            resetScroll: false,
          })
        }
      />
      <Card title="Question">
        <div className={styles.stack}>
          {policy.description && <p className={styles.text}>{policy.description}</p>}
          <SqlEditor value={policy.query} label="Query" readOnly />
          <dl className={styles.facts}>
            <Fact name="Platforms">{platformNames(policy.platform)}</Fact>
            <Labels policy={policy} />
            <Fact name="Last modified">
              <Ago at={policy.updated_at} />
              {policy.author_name && ` by ${policy.author_name}`}
            </Fact>
          </dl>
        </div>
      </Card>
      <Card title="Resolution">
        {policy.resolution ? (
          <p className={styles.text}>{policy.resolution}</p>
        ) : (
          <EmptyState compact title="No resolution is written down">
            It tells the person at the computer what to do.
          </EmptyState>
        )}
      </Card>
      {can(me, team ? 'policies.write' : 'config.write', policy.team_id) && (
        <AutomationCard policy={policy} />
      )}
      {deleting && (
        <ConfirmDialog
          title={`Delete “${policy.name}”?`}
          action="Delete policy"
          onClose={() => setDeleting(false)}
          onConfirm={async () => {
            await api.remove(policy.team_id, [policy.id]);
            toast.ok(`“${policy.name}” was deleted.`);
            await navigate({ to: '/policies/manage', search: { team_id: team } });
            void cache.invalidateQueries({ queryKey: ['policies'] });
          }}
        >
          <p>Hosts are no longer asked; the answers and their history are removed.</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}

function Labels({ policy }: { policy: Policy }) {
  const scopes: [string, { id: number; name: string }[] | null | undefined][] = [
    ['Only hosts with any of', policy.labels_include_any],
    ['Only hosts with all of', policy.labels_include_all],
    ['Except hosts with any of', policy.labels_exclude_any],
    ['Except hosts with all of', policy.labels_exclude_all],
  ];
  return (
    <>
      {scopes.map(([name, labels]) =>
        labels && labels.length > 0 ? (
          <Fact key={name} name={name}>
            {labels.map((label, index) => (
              <span key={label.id}>
                {index > 0 && ', '}
                <Link to="/hosts/manage" search={{ label_id: label.id }}>
                  {label.name}
                </Link>
              </span>
            ))}
          </Fact>
        ) : null,
      )}
    </>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
