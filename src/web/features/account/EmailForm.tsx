import { useState, type FormEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import type { User } from '@/api/types';
import { users } from '@/api/users';
import { Button } from '@/components/Button';
import { FormError, PasswordField, TextField } from '@/components/Field';
import { Banner } from '@/components/States';
import styles from './Account.module.css';

/** A new address counts once the link that is mailed to it was opened. */
export function EmailForm({ user }: { user: User }) {
  const [email, setEmail] = useState(user.email);
  const [password, setPassword] = useState('');
  const next = email.trim();
  const change = useMutation({
    mutationFn: () =>
      users.modify(user.id, { email: next, ...(user.sso_enabled ? {} : { password }) }),
    onSuccess: () => setPassword(''),
  });
  const error = change.error instanceof ApiError ? change.error : null;
  const dirty = next !== user.email;
  const valid = /^[^\s@<>]+@[^\s@<>]+$/.test(next);
  const ready = dirty && valid && (user.sso_enabled || password !== '');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) change.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      {change.isSuccess && dirty && (
        <Banner>
          A link is on its way to {next}. Until it is opened, you sign in as {user.email}.
        </Banner>
      )}
      <FormError>{explain(error)}</FormError>
      <TextField
        label="Email"
        type="email"
        autoComplete="email"
        required
        value={email}
        error={dirty && !valid && next !== '' ? 'Enter an email address.' : error?.field('email')}
        onChange={(event) => setEmail(event.target.value)}
      />
      {dirty && !user.sso_enabled && (
        <PasswordField
          label="Password, to confirm that it is you"
          autoComplete="current-password"
          value={password}
          error={error?.status === 403 ? 'This password is wrong.' : error?.field('password')}
          onChange={(event) => setPassword(event.target.value)}
        />
      )}
      <div>
        <Button
          type="submit"
          look="primary"
          busy={change.isPending}
          disabled={!ready}
          title={dirty ? undefined : 'Type another address first.'}
        >
          Change address
        </Button>
      </div>
    </form>
  );
}

function explain(error: ApiError | null): string | undefined {
  if (!error || error.status === 403) return undefined;
  if (error.status === 409) return 'This email address is taken already.';
  return error.summary(['email', 'password']);
}
