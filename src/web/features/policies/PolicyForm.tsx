import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useBlocker, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Zap } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { policies as api, type Policy, type PolicyFields } from '@/api/policies';
import { teamNamesQuery } from '@/api/teamList';
import { Badge } from '@/components/Badge';
import { Button, buttonClass } from '@/components/Button';
import { ConfirmDialog, LeaveDialog } from '@/components/Dialog';
import { FormError, TextAreaField, TextField } from '@/components/Field';
import { Card, Page } from '@/components/Page';
import { SqlWorkbench } from '@/components/SqlWorkbench';
import { toast } from '@/components/Toast';
import { sqlToSearch } from '@/lib/draft';
import { can } from '@/lib/permissions';
import { teamName } from '@/lib/team';
import { changes, consequence, fieldsOf, forCreation } from './fields';
import { PolicyOptions } from './PolicyOptions';
import styles from './Policies.module.css';

interface Props {
  saved?: Policy;
  start?: PolicyFields;
  team: number | undefined;
}

/** Creates a policy, or edits `saved`. Odd SQL is never a reason to refuse. */
export function PolicyForm({ saved, start, team }: Props) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const teams = useQuery(teamNamesQuery).data ?? [];
  const [before] = useState(() => fieldsOf(saved));
  const [fields, setFields] = useState(() => start ?? fieldsOf(saved));
  const [left, setLeft] = useState(false);
  const [asking, setAsking] = useState(false);
  const change = (part: Partial<PolicyFields>) => setFields({ ...fields, ...part });
  const changed = changes(before, fields);
  const dirty = Object.keys(changed).length > 0;
  const owner = saved ? saved.team_id : (team ?? null);
  const answered = saved !== undefined && saved.passing_host_count + saved.failing_host_count > 0;
  const loss = answered ? consequence(changed) : null;

  const store = useMutation({
    mutationFn: () =>
      saved ? api.modify(owner, saved.id, changed) : api.create(owner, forCreation(fields)),
    onSuccess: async (policy) => {
      setLeft(true);
      await cache.invalidateQueries({ queryKey: ['policies'] });
      toast.ok(`“${policy.name}” was saved.`);
      void navigate({
        to: '/policies/$policyId',
        params: { policyId: String(policy.id) },
        search: { team_id: team },
        ignoreBlocker: true,
      });
    },
  });
  const blocker = useBlocker({
    shouldBlockFn: ({ next }) => dirty && !left && !next.pathname.endsWith('/live'),
    enableBeforeUnload: () => dirty && !left,
    withResolver: true,
  });
  const error = store.error instanceof ApiError ? store.error : null;
  const ready = fields.name.trim() !== '' && fields.query.trim() !== '';
  const save = () => {
    if (!ready || !dirty || store.isPending) return;
    if (loss) setAsking(true);
    else store.mutate();
  };

  return (
    <Page
      title={saved ? `Edit ${saved.name}` : 'New policy'}
      section="Policies"
      beside={
        teams.length > 0 && <Badge title="Whose policy it is">{teamName(owner, teams)}</Badge>
      }
      back={
        saved ? (
          <Link
            to="/policies/$policyId"
            params={{ policyId: String(saved.id) }}
            search={{ team_id: team }}
          >
            <ArrowLeft aria-hidden /> {saved.name}
          </Link>
        ) : (
          <Link to="/policies/manage" search={{ team_id: team }}>
            <ArrowLeft aria-hidden /> Policies
          </Link>
        )
      }
      actions={
        <>
          {can(me, 'queries.run_sql') && fields.query.trim() !== '' && (
            <Link
              to="/queries/new/live"
              search={{ ...sqlToSearch(fields.query), verdict: true }}
              className={buttonClass()}
            >
              <Zap aria-hidden /> Run live
            </Link>
          )}
          <Button look="primary" disabled={!ready || !dirty} busy={store.isPending} onClick={save}>
            Save
          </Button>
        </>
      }
    >
      <FormError>{error?.summary(['name', 'query', 'description', 'resolution'])}</FormError>
      <div className={styles.form}>
        <Card>
          <div className={styles.stack}>
            <TextField
              label="Name"
              required
              maxLength={255}
              value={fields.name}
              error={
                error?.status === 409
                  ? 'Another policy has this name already.'
                  : error?.field('name')
              }
              onChange={(event) => change({ name: event.target.value })}
            />
            <SqlWorkbench
              value={fields.query}
              onChange={(query) => change({ query })}
              onSubmit={save}
              error={error?.field('query')}
              hint="A host passes when this returns at least one row, and fails when it returns none."
            />
            <TextAreaField
              label="Description"
              optional
              rows={2}
              value={fields.description}
              error={error?.field('description')}
              onChange={(event) => change({ description: event.target.value })}
            />
            <TextAreaField
              label="Resolution"
              optional
              rows={3}
              hint="What the person at the computer can do about it."
              value={fields.resolution}
              error={error?.field('resolution')}
              onChange={(event) => change({ resolution: event.target.value })}
            />
          </div>
        </Card>
        <PolicyOptions fields={fields} team={owner} onChange={change} />
      </div>
      {asking && (
        <ConfirmDialog
          title="Save and lose answers?"
          action="Save"
          onClose={() => setAsking(false)}
          onConfirm={() => store.mutateAsync()}
        >
          <p>{loss}</p>
        </ConfirmDialog>
      )}
      {blocker.status === 'blocked' && (
        <LeaveDialog what="this policy" onStay={blocker.reset} onLeave={blocker.proceed} />
      )}
    </Page>
  );
}
