import { useState, type FormEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { meQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import type { User } from '@/api/types';
import { users, userSessionsQuery } from '@/api/users';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { FormError } from '@/components/Field';
import { NewPasswordFields, passwordProblem } from '@/components/NewPassword';
import { Card } from '@/components/Page';
import { SessionList } from '@/components/SessionList';
import { ErrorPanel, Skeleton } from '@/components/States';
import { toast } from '@/components/Toast';
import { can } from '@/lib/permissions';
import styles from './Users.module.css';

/** Password and sessions of somebody else; one's own are on the account page. */
export function UserAccess({ user, own }: { user: User; own: boolean }) {
  const me = useQuery(meQuery).data?.user;
  return (
    <>
      {!user.sso_enabled && !user.api_only && !own && (
        <Card title="Password">
          <PasswordForm user={user} />
        </Card>
      )}
      {can(me, 'sessions.end') && (
        <Card title={user.api_only ? 'Token' : 'Sessions'} flush>
          <Sessions user={user} />
        </Card>
      )}
    </>
  );
}

function PasswordForm({ user }: { user: User }) {
  const cache = useQueryClient();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const fresh = () => cache.invalidateQueries({ queryKey: ['users'] });
  const change = useMutation({
    mutationFn: () => users.modify(user.id, { new_password: password }),
    onSuccess: async () => {
      toast.ok(`The password of ${user.name} was changed, and all sessions ended.`);
      setPassword('');
      setAgain('');
      await fresh();
    },
  });
  const reset = useMutation({
    mutationFn: () => users.requireReset(user.id, !user.force_password_reset),
    onSuccess: fresh,
    onError: (error) => toast.error(error),
  });
  const error = change.error instanceof ApiError ? change.error : null;
  const ready = !passwordProblem(password) && password === again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) change.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <div className={styles.row}>
        <span className={styles.note}>
          {user.force_password_reset
            ? 'A new password is required at the next sign-in.'
            : 'The password can be used as it is.'}
        </span>
        <Button size="s" busy={reset.isPending} onClick={() => reset.mutate()}>
          {user.force_password_reset ? 'No longer require a reset' : 'Require a reset'}
        </Button>
      </div>
      <FormError>{error?.summary(['new_password'])}</FormError>
      <NewPasswordFields
        password={password}
        again={again}
        onPassword={setPassword}
        onAgain={setAgain}
        error={error?.field('new_password')}
      />
      <div className={styles.row}>
        <Button type="submit" busy={change.isPending} disabled={!ready}>
          Set this password
        </Button>
        <span className={styles.state}>All sessions of {user.name} end.</span>
      </div>
    </form>
  );
}

function Sessions({ user }: { user: User }) {
  const cache = useQueryClient();
  const sessions = useQuery(userSessionsQuery(user.id));
  const [asking, setAsking] = useState<number | null>(null);
  const end = useMutation({
    mutationFn: users.endSession,
    onSuccess: () => toast.ok('The session was ended.'),
    onError: (error) => toast.error(error),
    onSettled: () => cache.invalidateQueries({ queryKey: ['users', 'sessions', user.id] }),
  });
  if (sessions.isPending) return <Skeleton lines={2} />;
  if (sessions.error) {
    return (
      <ErrorPanel error={sessions.error as ApiError} onRetry={() => void sessions.refetch()} />
    );
  }
  return (
    <>
      <SessionList
        sessions={sessions.data}
        tokens={user.api_only}
        busy={end.isPending ? end.variables : null}
        onEnd={(id) => (user.api_only ? setAsking(id) : end.mutate(id))}
      />
      {asking !== null && (
        <ConfirmDialog
          title={`Revoke the token of ${user.name}?`}
          action="Revoke"
          onClose={() => setAsking(null)}
          onConfirm={() => end.mutateAsync(asking)}
        >
          <p>
            Programs that use it are refused at once. The account cannot get another token: create a
            new API-only user instead.
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
