import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Zap } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { labels as api } from '@/api/labels';
import { teamNamesQuery } from '@/api/teamList';
import { Badge } from '@/components/Badge';
import { Button, buttonClass } from '@/components/Button';
import { FormError, SelectField, TextField } from '@/components/Field';
import { Card, Page } from '@/components/Page';
import { SqlWorkbench } from '@/components/SqlWorkbench';
import { toast } from '@/components/Toast';
import { UnsavedGuard } from '@/components/UnsavedGuard';
import { sqlToSearch } from '@/lib/draft';
import { can } from '@/lib/permissions';
import { teamName } from '@/lib/team';
import { CriteriaBuilder } from './CriteriaBuilder';
import { HostMembers } from './HostMembers';
import {
  emptyFields,
  forCreation,
  kindMeanings,
  kindNames,
  ready,
  type LabelFields,
} from './labels';
import { kinds, type LabelKind } from './search';
import styles from './Labels.module.css';

interface Props {
  kind: LabelKind;
  team: number | undefined;
  sql: string;
}

/** A new label: who gets it is decided by SQL, by hand, or by facts about the user. */
export function NewLabelForm({ kind, team, sql }: Props) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const teams = useQuery(teamNamesQuery).data ?? [];
  const [before] = useState(() => emptyFields(sql));
  const [fields, setFields] = useState(before);
  const [left, setLeft] = useState(false);
  const change = (part: Partial<LabelFields>) => setFields({ ...fields, ...part });
  const dirty = fields !== before && JSON.stringify(fields) !== JSON.stringify(before);

  const store = useMutation({
    mutationFn: () => api.create(forCreation(kind, fields, team)),
    onSuccess: async (label) => {
      setLeft(true);
      await cache.invalidateQueries({ queryKey: ['labels'] });
      toast.ok(`“${label.name}” was created.`);
      void navigate({ to: '/hosts/manage', search: { label_id: label.id }, ignoreBlocker: true });
    },
  });
  const error = store.error instanceof ApiError ? store.error : null;
  const save = () => {
    if (ready(kind, fields) && !store.isPending) store.mutate();
  };

  return (
    <Page
      title="New label"
      section="Labels"
      beside={teams.length > 0 && <Badge>{teamName(team || null, teams)}</Badge>}
      back={
        <Link to="/labels/manage" search={{ team_id: team }}>
          <ArrowLeft aria-hidden /> Labels
        </Link>
      }
      actions={
        <>
          {kind === 'dynamic' && fields.query.trim() !== '' && can(me, 'queries.run_sql') && (
            <Link
              to="/queries/new/live"
              search={{ ...sqlToSearch(fields.query), verdict: true }}
              className={buttonClass()}
            >
              <Zap aria-hidden /> Try it live
            </Link>
          )}
          <Button
            look="primary"
            disabled={!ready(kind, fields)}
            busy={store.isPending}
            onClick={save}
          >
            Create label
          </Button>
        </>
      }
    >
      <FormError>{error?.status === 409 ? null : error?.summary(['name', 'query'])}</FormError>
      <Card>
        <div className={styles.stack}>
          <fieldset className={styles.kinds}>
            <legend>Who has it</legend>
            {kinds.map((each) => (
              <label key={each} data-chosen={each === kind || undefined}>
                <input
                  type="radio"
                  name="kind"
                  checked={each === kind}
                  onChange={() =>
                    void navigate({
                      to: '/labels/new/$kind',
                      params: { kind: each },
                      search: { team_id: team },
                      replace: true,
                    })
                  }
                />
                <span>
                  <strong>{kindNames[each]}</strong>
                  <small>{kindMeanings[each]}</small>
                </span>
              </label>
            ))}
          </fieldset>
          <TextField
            label="Name"
            required
            maxLength={255}
            value={fields.name}
            error={
              error?.status === 409 ? 'Another label has this name already.' : error?.field('name')
            }
            onChange={(event) => change({ name: event.target.value })}
          />
          <TextField
            label="Description"
            optional
            value={fields.description}
            onChange={(event) => change({ description: event.target.value })}
          />
          {kind === 'dynamic' && (
            <>
              <SqlWorkbench
                value={fields.query}
                onChange={(query) => change({ query })}
                onSubmit={save}
                error={error?.field('query')}
                hint="A host that returns at least one row gets the label. The query cannot be changed later."
              />
              <SelectField
                label="Platform"
                value={fields.platform}
                onChange={(event) => change({ platform: event.target.value })}
              >
                <option value="">All</option>
                <option value="darwin">macOS</option>
                <option value="windows">Windows</option>
                <option value="ubuntu">Ubuntu Linux</option>
                <option value="centos">CentOS Linux</option>
              </SelectField>
            </>
          )}
          {kind === 'manual' && (
            <HostMembers ids={fields.hosts} onChange={(hosts) => change({ hosts })} />
          )}
          {kind === 'attributes' && (
            <CriteriaBuilder
              value={fields.criteria}
              onChange={(criteria) => change({ criteria })}
            />
          )}
        </div>
      </Card>
      <UnsavedGuard dirty={dirty && !left} what="this label" unless={/^\/labels\/new\/|\/live$/} />
    </Page>
  );
}
