import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Eye, EyeOff, KeyRound, Plus, RotateCw, Trash2 } from 'lucide-react';
import type { ApiError } from '@/api/client';
import {
  teams,
  teamSecretsQuery,
  type Team,
  type TeamSecret,
  type WantedSecret,
} from '@/api/teams';
import { Button, IconButton } from '@/components/Button';
import { CopyIcon } from '@/components/CopyButton';
import { ConfirmDialog } from '@/components/Dialog';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Ago } from '@/components/Time';
import { toast } from '@/components/Toast';
import { newSecret } from '@/lib/secret';
import { AddSecretDialog } from './AddSecretDialog';
import { isSpent, usageOf } from './secrets';
import styles from './Teams.module.css';

/** With which secrets hosts join this team. */
export function SecretsTab({ team, readOnly }: { team: Team; readOnly: boolean }) {
  const cache = useQueryClient();
  const list = useQuery(teamSecretsQuery(team.id));
  const [shown, setShown] = useState<string | null>(null);
  const [adding, setAdding] = useState(false);
  const [asking, setAsking] = useState<{ what: 'remove' | 'rotate'; secret: TeamSecret } | null>(
    null,
  );
  const current = list.data ?? [];
  const save = useMutation({
    mutationFn: (secrets: WantedSecret[]) => teams.setSecrets(team.id, secrets),
    onSettled: () => cache.invalidateQueries({ queryKey: teamSecretsQuery(team.id).queryKey }),
  });
  // What is not named stays as the server knows it.
  const kept = (without?: TeamSecret): WantedSecret[] =>
    current.filter((each) => each !== without).map(({ secret }) => ({ secret }));
  const confirm = async () => {
    if (!asking) return;
    const { what, secret } = asking;
    if (what === 'remove') {
      await save.mutateAsync(kept(secret));
      toast.ok('Enroll secret removed.');
    } else {
      const next = newSecret();
      await save.mutateAsync([...kept(secret), { secret: next, ...limitsOf(secret) }]);
      setShown(next);
      toast.ok('Enroll secret replaced by a new one.');
    }
  };
  const add = !readOnly && (
    <Button icon={<Plus />} look="primary" onClick={() => setAdding(true)}>
      Add secret
    </Button>
  );

  if (list.isPending) return <Skeleton lines={3} />;
  if (list.error) {
    return <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />;
  }
  return (
    <>
      {current.length === 0 ? (
        <EmptyState icon={<KeyRound />} title="No enroll secret" action={add}>
          Until you add one, hosts can only be moved to this team.
        </EmptyState>
      ) : (
        <>
          <div className={styles.bar}>
            <p className={styles.note}>
              A host that enrolls with one of these joins this team. Hosts that are enrolled keep
              working when a secret goes.
            </p>
            {add}
          </div>
          <ul className={styles.secrets} aria-label="Enroll secrets">
            {current.map((secret) => {
              const open = shown === secret.secret;
              return (
                <li key={secret.secret}>
                  <span className={styles.what}>
                    {secret.name && <span className={styles.title}>{secret.name}</span>}
                    <code>{open ? secret.secret : '•'.repeat(24)}</code>
                    <small>
                      added <Ago at={secret.created_at} />
                      {secret.last_used_at && (
                        <>
                          , used <Ago at={secret.last_used_at} />
                        </>
                      )}
                      {secret.expires_at && (
                        <span className={isSpent(secret) ? styles.ended : undefined}>
                          , {isSpent(secret) ? 'ended' : 'ends'} <Ago at={secret.expires_at} />
                        </span>
                      )}
                      {usageOf(secret) && `, ${usageOf(secret)}`}
                    </small>
                  </span>
                  <span className={styles.buttons}>
                    <IconButton
                      label={open ? 'Hide secret' : 'Show secret'}
                      onClick={() => setShown(open ? null : secret.secret)}
                    >
                      {open ? <EyeOff /> : <Eye />}
                    </IconButton>
                    <CopyIcon value={secret.secret} label="Copy secret" />
                    {!readOnly && (
                      <>
                        <IconButton
                          label="Replace by a new secret"
                          onClick={() => setAsking({ what: 'rotate', secret })}
                        >
                          <RotateCw />
                        </IconButton>
                        <IconButton
                          label="Remove secret"
                          onClick={() => setAsking({ what: 'remove', secret })}
                        >
                          <Trash2 />
                        </IconButton>
                      </>
                    )}
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      )}
      {adding && (
        <AddSecretDialog
          taken={current.map(({ secret }) => secret)}
          onClose={() => setAdding(false)}
          onAdd={async (wanted) => {
            await save.mutateAsync([...kept(), wanted]);
            setShown(wanted.secret);
            toast.ok('Enroll secret added.');
          }}
        />
      )}
      {asking && (
        <ConfirmDialog
          title={asking.what === 'rotate' ? 'Replace this secret?' : 'Remove this secret?'}
          action={asking.what === 'rotate' ? 'Replace' : 'Remove'}
          onClose={() => setAsking(null)}
          onConfirm={confirm}
        >
          <p>
            {asking.what === 'remove' && current.length === 1
              ? 'This is the last secret of the team: without it no new host can join.'
              : 'Hosts that are set up with it can no longer enroll. Enrolled hosts stay.'}
          </p>
          {asking.what === 'rotate' && (
            <p>
              To change over without a gap, add a new secret first, change the hosts’ set-up, and
              remove the old one then.
            </p>
          )}
        </ConfirmDialog>
      )}
    </>
  );
}

function limitsOf(secret: TeamSecret): Partial<WantedSecret> {
  return {
    ...(secret.name ? { name: secret.name } : {}),
    ...(secret.expires_at ? { expires_at: secret.expires_at } : {}),
    ...(secret.use_limit ? { use_limit: secret.use_limit } : {}),
  };
}
