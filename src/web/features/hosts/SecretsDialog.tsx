import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff, Plus, Trash2 } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { hosts, secretsQuery } from '@/api/hosts';
import { Button, IconButton } from '@/components/Button';
import { CopyIcon } from '@/components/CopyButton';
import { Dialog } from '@/components/Dialog';
import { FormError } from '@/components/Field';
import { Banner, EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Ago } from '@/components/Time';
import { toast } from '@/components/Toast';
import styles from './Hosts.module.css';

/** Lists, reveals, adds and removes the secrets with which hosts enroll. */
export function SecretsDialog({
  team,
  onClose,
}: {
  team: number | undefined;
  onClose: () => void;
}) {
  const cache = useQueryClient();
  const secrets = useQuery(secretsQuery(team));
  const [shown, setShown] = useState<string | null>(null);
  const [removing, setRemoving] = useState<string | null>(null);
  const current = (secrets.data ?? []).map((each) => each.secret);

  const save = useMutation({
    mutationFn: (wanted: string[]) => hosts.setSecrets(team, wanted),
    onSuccess: async (_, saved) => {
      setRemoving(null);
      toast.ok(saved.length > current.length ? 'Enroll secret added.' : 'Enroll secret removed.');
      await cache.invalidateQueries({ queryKey: secretsQuery(team).queryKey });
    },
  });

  return (
    <Dialog
      title={team === undefined ? 'Enroll secrets' : 'Enroll secrets of this team'}
      description="A host shows one of these secrets when it enrolls. To rotate: add a new one, change the hosts' configuration, then remove the old one."
      wide
      onClose={onClose}
      footer={
        <>
          <Button
            icon={<Plus />}
            busy={save.isPending && removing === null}
            disabled={!secrets.data}
            onClick={() => save.mutate([...current, newSecret()])}
          >
            Add a random secret
          </Button>
          <Button look="primary" onClick={onClose}>
            Done
          </Button>
        </>
      }
    >
      <FormError>{save.error ? (save.error as ApiError).summary() : null}</FormError>
      {secrets.isPending && <Skeleton lines={2} />}
      {secrets.error && (
        <ErrorPanel error={secrets.error as ApiError} onRetry={() => void secrets.refetch()} />
      )}
      {secrets.data?.length === 0 && (
        <EmptyState compact title="No enroll secret">
          Until you add one, no new host can enroll.
        </EmptyState>
      )}
      {current.length > 0 && (
        <ul className={styles.secrets}>
          {secrets.data?.map(({ secret, created_at }) => (
            <li key={secret}>
              <code>{shown === secret ? secret : '•'.repeat(24)}</code>
              <small>
                added <Ago at={created_at} />
              </small>
              <span className={styles.buttons}>
                <IconButton
                  label={shown === secret ? 'Hide secret' : 'Show secret'}
                  onClick={() => setShown(shown === secret ? null : secret)}
                >
                  {shown === secret ? <EyeOff /> : <Eye />}
                </IconButton>
                <CopyIcon value={secret} label="Copy secret" />
                <IconButton label="Remove secret" onClick={() => setRemoving(secret)}>
                  <Trash2 />
                </IconButton>
              </span>
            </li>
          ))}
        </ul>
      )}
      {removing !== null && (
        <Banner
          kind="warn"
          action={
            <span className={styles.row}>
              <Button size="s" onClick={() => setRemoving(null)}>
                Keep it
              </Button>
              <Button
                size="s"
                look="danger"
                busy={save.isPending}
                onClick={() => save.mutate(current.filter((secret) => secret !== removing))}
              >
                Remove
              </Button>
            </span>
          }
        >
          {current.length === 1
            ? 'This is the last secret. Without it no new host can enroll; enrolled hosts stay.'
            : 'Hosts that still use this secret can no longer enroll; enrolled hosts stay.'}
        </Banner>
      )}
    </Dialog>
  );
}

/** 24 random bytes, in letters that need no quoting anywhere. */
function newSecret(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(24));
  return btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_');
}
