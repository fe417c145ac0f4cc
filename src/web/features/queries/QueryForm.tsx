import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Zap } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { queries as api, reportQuery } from '@/api/queries';
import { teamNamesQuery } from '@/api/teamList';
import type { Query, QueryFields } from '@/api/types';
import { Button, buttonClass } from '@/components/Button';
import { EditorPage } from '@/components/EditorPage';
import { TextField } from '@/components/Field';
import { SqlWorkbench } from '@/components/SqlWorkbench';
import { toast } from '@/components/Toast';
import { sqlToSearch } from '@/lib/draft';
import { can } from '@/lib/permissions';
import { changes, dropsRows, fieldsOf, forCreation, same } from './fields';
import { QueryOptions } from './QueryOptions';
import { SavedWarnings } from './SavedWarnings';

/** Creates a query, or edits `saved`. Odd SQL is never a reason to refuse. */
export function QueryForm({
  saved,
  sql,
  team,
}: {
  saved?: Query;
  sql: string;
  /** Whose query it is: null belongs to all teams. */
  team: number | null;
}) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const teams = useQuery(teamNamesQuery).data ?? [];
  const [fields, setFields] = useState<QueryFields>(() => fieldsOf(saved, sql));
  const [left, setLeft] = useState(false);
  const change = (part: Partial<QueryFields>) => setFields({ ...fields, ...part });

  const before = fieldsOf(saved, saved ? saved.query : '');
  const keys = Object.keys(fields) as (keyof QueryFields)[];
  const dirty = keys.some((key) => !same(fields[key], before[key]));
  const rows = useQuery({ ...reportQuery(saved?.id ?? 0), enabled: saved !== undefined });
  const losesRows =
    saved !== undefined && (rows.data?.results?.length ?? 0) > 0 && dropsRows(saved, fields);

  const store = useMutation({
    mutationFn: (asNew: boolean) =>
      saved && !asNew
        ? api.modify(saved.id, changes(saved, fields))
        : api.create(forCreation(fields), team),
    onSuccess: async (query) => {
      setLeft(true);
      await cache.invalidateQueries({ queryKey: ['queries'] });
      toast.ok(`“${query.name}” was saved.`);
      void navigate({
        to: '/queries/$queryId',
        params: { queryId: String(query.id) },
        ignoreBlocker: true,
      });
    },
  });
  const error = store.error instanceof ApiError ? store.error : null;
  const shown = ['name', 'query', 'description', 'min_osquery_version'];
  const ready = fields.name.trim() !== '' && fields.query.trim() !== '';
  const copied = fields.name.trim() === saved?.name;

  return (
    <EditorPage
      section="Queries"
      noun="query"
      stored={saved?.name}
      owner={team}
      teams={teams}
      back={
        saved ? (
          <Link to="/queries/$queryId" params={{ queryId: String(saved.id) }}>
            <ArrowLeft aria-hidden /> {saved.name}
          </Link>
        ) : (
          <Link to="/queries/manage" search={{ team_id: team ?? undefined }}>
            <ArrowLeft aria-hidden /> Queries
          </Link>
        )
      }
      actions={
        <>
          {can(me, 'queries.run_sql') && fields.query.trim() !== '' && (
            <Link
              to="/queries/new/live"
              search={sqlToSearch(fields.query)}
              className={buttonClass()}
            >
              <Zap aria-hidden /> Live query
            </Link>
          )}
          {saved && (
            <Button
              disabled={!ready || copied}
              title={copied ? 'Give the copy another name first.' : undefined}
              busy={store.isPending}
              onClick={() => store.mutate(true)}
            >
              Save as new
            </Button>
          )}
        </>
      }
      name={fields.name}
      nameLength={160}
      nameError={
        error?.status === 409 ? 'Another query has this name already.' : error?.field('name')
      }
      onName={(name) => change({ name })}
      error={error?.summary(shown)}
      ready={ready}
      dirty={dirty}
      saving={store.isPending}
      left={left}
      loss={
        losesRows
          ? {
              title: 'Save and discard stored rows?',
              action: 'Save and discard',
              text: `This change makes the stored rows of “${saved.name}” wrong, so they are removed. New rows come with the next runs.`,
            }
          : null
      }
      save={() => store.mutateAsync(false)}
      warnings={saved && <SavedWarnings query={saved} />}
      options={<QueryOptions fields={fields} team={team} onChange={change} error={error} />}
    >
      {(submit) => (
        <>
          <TextField
            label="Description"
            optional
            maxLength={250}
            value={fields.description}
            error={error?.field('description')}
            onChange={(event) => change({ description: event.target.value })}
          />
          <SqlWorkbench
            value={fields.query}
            onChange={(query) => change({ query })}
            onSubmit={submit}
            error={error?.field('query')}
          />
        </>
      )}
    </EditorPage>
  );
}
