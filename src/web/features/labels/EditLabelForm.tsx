import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Trash2 } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { labels as api, type LabelChange, type LabelDetail } from '@/api/labels';
import { Badge } from '@/components/Badge';
import { Button } from '@/components/Button';
import { FormError, TextField } from '@/components/Field';
import { Card, Page } from '@/components/Page';
import { SqlEditor } from '@/components/SqlEditor';
import { Banner } from '@/components/States';
import { toast } from '@/components/Toast';
import { UnsavedGuard } from '@/components/UnsavedGuard';
import { platformNames, plural } from '@/lib/format';
import { mayChange } from './columns';
import { criteriaText } from './criteria';
import { DeleteLabel } from './DeleteLabel';
import { HostMembers } from './HostMembers';
import { kindNames, kindOf } from './labels';
import styles from './Labels.module.css';

const same = (a: readonly number[], b: readonly number[]) =>
  a.length === b.length && [...a].sort().join() === [...b].sort().join();

/** Name, description and, of a manual label, its hosts. How others are filled is fixed. */
export function EditLabelForm({ label }: { label: LabelDetail }) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const [name, setName] = useState(label.name);
  const [description, setDescription] = useState(label.description);
  const [members] = useState(label.host_ids ?? []);
  const [hosts, setHosts] = useState(members);
  const [left, setLeft] = useState(false);
  const [deleting, setDeleting] = useState(false);
  const kind = kindOf(label);
  const writes = mayChange(me, label);

  const change: LabelChange = {
    ...(name.trim() === label.name ? {} : { name: name.trim() }),
    ...(description === label.description ? {} : { description }),
    ...(kind !== 'manual' || same(hosts, members) ? {} : { host_ids: hosts }),
  };
  const dirty = Object.keys(change).length > 0;
  const store = useMutation({
    mutationFn: () => api.modify(label.id, change),
    onSuccess: async (saved) => {
      setLeft(true);
      await cache.invalidateQueries({ queryKey: ['labels'] });
      void cache.invalidateQueries({ queryKey: ['hosts'] });
      toast.ok(`“${saved.name}” was saved.`);
      void navigate({ to: '/labels/manage', ignoreBlocker: true });
    },
  });
  const error = store.error instanceof ApiError ? store.error : null;

  return (
    <Page
      title={label.name}
      section="Labels"
      beside={<Badge>{kindNames[kind]}</Badge>}
      back={
        <Link to="/labels/manage">
          <ArrowLeft aria-hidden /> Labels
        </Link>
      }
      facts={
        <Link to="/hosts/manage" search={{ label_id: label.id }}>
          {plural(label.count, 'host')}
        </Link>
      }
      actions={
        writes && (
          <>
            <Button icon={<Trash2 />} onClick={() => setDeleting(true)}>
              Delete
            </Button>
            <Button
              look="primary"
              disabled={!dirty || name.trim() === ''}
              busy={store.isPending}
              onClick={() => store.mutate()}
            >
              Save
            </Button>
          </>
        )
      }
    >
      {!writes && (
        <Banner>
          {kind === 'builtin'
            ? 'Every server has this label; it cannot be changed.'
            : 'You may look at this label, but not change it.'}
        </Banner>
      )}
      <FormError>{error?.status === 409 ? null : error?.summary(['name'])}</FormError>
      <Card>
        <div className={styles.stack}>
          <TextField
            label="Name"
            required
            readOnly={!writes}
            maxLength={255}
            value={name}
            error={
              error?.status === 409 ? 'Another label has this name already.' : error?.field('name')
            }
            onChange={(event) => setName(event.target.value)}
          />
          <TextField
            label="Description"
            optional
            readOnly={!writes}
            value={description}
            onChange={(event) => setDescription(event.target.value)}
          />
          {kind === 'manual' && (
            <HostMembers ids={hosts} onChange={writes ? setHosts : undefined} />
          )}
          {label.query !== '' && (
            <div className={styles.group}>
              <h3>Query</h3>
              <SqlEditor label="Query" value={label.query} readOnly />
              <p className={styles.note}>
                Platforms: {platformNames(label.platform)}. How a label is filled cannot be changed;
                make a new one for another query.
              </p>
            </div>
          )}
          {label.criteria && (
            <div className={styles.group}>
              <h3>Attributes</h3>
              <p>{criteriaText(label.criteria)}</p>
            </div>
          )}
        </div>
      </Card>
      {deleting && (
        <DeleteLabel
          label={label}
          onClose={() => setDeleting(false)}
          onDone={() => {
            setLeft(true);
            void navigate({ to: '/labels/manage', ignoreBlocker: true });
          }}
        />
      )}
      <UnsavedGuard dirty={dirty && !left} what="this label" />
    </Page>
  );
}
