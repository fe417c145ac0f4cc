import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { labelDetailsQuery, labels as api } from '@/api/labels';
import type { HostDetail } from '@/api/types';
import { Badge } from '@/components/Badge';
import { IconButton } from '@/components/Button';
import { Card } from '@/components/Page';
import { Picker } from '@/components/Picker';
import { toast } from '@/components/Toast';
import { can } from '@/lib/permissions';
import styles from './Host.module.css';

/** The labels of a host; manual ones can be given and taken here. */
export function LabelsCard({ host }: { host: HostDetail }) {
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const writes = can(me, 'hosts.label', host.team_id);
  const all = useQuery({
    ...labelDetailsQuery(undefined),
    enabled: writes,
    refetchInterval: false,
  });
  const labels = (host.labels ?? []).filter((label) => label.name !== 'All Hosts');
  const manual = new Set(
    (all.data ?? [])
      .filter(
        (label) =>
          label.label_type === 'regular' &&
          label.label_membership_type === 'manual' &&
          (label.team_id == null || label.team_id === host.team_id),
      )
      .map((label) => label.name),
  );
  const addable = [...manual].filter((name) => !labels.some((label) => label.name === name));
  const change = useMutation({
    mutationFn: ({ name, add }: { name: string; add: boolean }) =>
      add ? api.addToHost(host.id, [name]) : api.removeFromHost(host.id, [name]),
    onSuccess: async (_, { name, add }) => {
      toast.ok(add ? `The host has the label “${name}” now.` : `The label “${name}” was removed.`);
      await cache.invalidateQueries({ queryKey: ['hosts', 'one', host.id] });
      void cache.invalidateQueries({ queryKey: ['labels'] });
    },
    onError: toast.error,
  });

  return (
    <Card
      title="Labels"
      actions={
        writes &&
        addable.length > 0 && (
          <Picker
            label="Add a label"
            look="quiet"
            items={addable.map((name) => ({ key: name, label: name }))}
            disabled={change.isPending}
            onPick={(item) => change.mutate({ name: item.label, add: true })}
          >
            Add label
          </Picker>
        )
      }
    >
      {labels.length === 0 ? (
        <p className={styles.none}>This host has no label.</p>
      ) : (
        <ul className={styles.labels}>
          {labels.map((label) => (
            <li key={label.id}>
              <Link to="/hosts/manage" search={{ label_id: label.id }}>
                <Badge tone={label.label_type === 'builtin' ? 'neutral' : 'accent'}>
                  {label.name}
                </Badge>
              </Link>
              {writes && manual.has(label.name) && (
                <IconButton
                  label={`Remove the label ${label.name}`}
                  disabled={change.isPending}
                  className={styles.removeLabel}
                  onClick={() => change.mutate({ name: label.name, add: false })}
                >
                  <X />
                </IconButton>
              )}
            </li>
          ))}
        </ul>
      )}
    </Card>
  );
}
