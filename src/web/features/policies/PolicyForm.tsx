import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Zap } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { policies as api, type Policy, type PolicyFields } from '@/api/policies';
import { teamNamesQuery } from '@/api/teamList';
import { buttonClass } from '@/components/Button';
import { EditorPage } from '@/components/EditorPage';
import { TextAreaField } from '@/components/Field';
import { SqlWorkbench } from '@/components/SqlWorkbench';
import { toast } from '@/components/Toast';
import { sqlToSearch } from '@/lib/draft';
import { can } from '@/lib/permissions';
import { changes, consequence, fieldsOf, forCreation } from './fields';
import { PolicyOptions } from './PolicyOptions';

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
  const error = store.error instanceof ApiError ? store.error : null;
  const ready = fields.name.trim() !== '' && fields.query.trim() !== '';

  return (
    <EditorPage
      section="Policies"
      noun="policy"
      stored={saved?.name}
      owner={owner}
      teams={teams}
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
        can(me, 'queries.run_sql') &&
        fields.query.trim() !== '' && (
          <Link
            to="/queries/new/live"
            search={{ ...sqlToSearch(fields.query), verdict: true }}
            className={buttonClass()}
          >
            <Zap aria-hidden /> Run live
          </Link>
        )
      }
      name={fields.name}
      nameLength={255}
      nameError={
        error?.status === 409 ? 'Another policy has this name already.' : error?.field('name')
      }
      onName={(name) => change({ name })}
      error={error?.summary(['name', 'query', 'description', 'resolution'])}
      ready={ready}
      dirty={dirty}
      saving={store.isPending}
      left={left}
      loss={loss ? { title: 'Save and lose answers?', action: 'Save', text: loss } : null}
      save={() => store.mutateAsync()}
      options={<PolicyOptions fields={fields} team={owner} onChange={change} />}
    >
      {(submit) => (
        <>
          <SqlWorkbench
            value={fields.query}
            onChange={(query) => change({ query })}
            onSubmit={submit}
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
        </>
      )}
    </EditorPage>
  );
}
