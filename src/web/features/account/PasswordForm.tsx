import { useState, type FormEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { auth } from '@/api/auth';
import { ApiError } from '@/api/client';
import { session } from '@/api/session';
import { Button } from '@/components/Button';
import { FormError, PasswordField } from '@/components/Field';
import { NewPasswordFields, passwordProblem } from '@/components/NewPassword';
import { toast } from '@/components/Toast';
import styles from './Account.module.css';

export function PasswordForm() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => auth.changePassword(old, password),
    onSuccess: () => {
      // The server has ended every session of this user, this one too.
      session.end();
      cache.clear();
      toast.ok('Your password was changed. Sign in with the new one.');
      void navigate({ to: '/login' });
    },
  });
  const error = change.error instanceof ApiError ? change.error : null;
  const ready = old !== '' && !passwordProblem(password) && password === again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) change.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <FormError>{error?.summary(['old_password', 'new_password'])}</FormError>
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        value={old}
        error={error?.field('old_password')}
        onChange={(event) => setOld(event.target.value)}
      />
      <NewPasswordFields
        password={password}
        again={again}
        onPassword={setPassword}
        onAgain={setAgain}
        error={error?.field('new_password')}
      />
      <p className={styles.note}>You are signed out everywhere, and sign in again.</p>
      <div>
        <Button type="submit" look="primary" disabled={!ready} busy={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
