import { useState, type FormEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate, useNavigate } from '@tanstack/react-router';
import { auth } from '@/api/auth';
import { ApiError } from '@/api/client';
import { session } from '@/api/session';
import { Button, buttonClass } from '@/components/Button';
import { FormError } from '@/components/Field';
import { Frame } from '@/components/Frame';
import { NewPasswordFields, passwordProblem } from '@/components/NewPassword';
import { toast } from '@/components/Toast';

const route = getRouteApi('/login/reset');

/** `/login/reset`: with the token of a mailed link, or because an administrator asked for it. */
export function ResetPage() {
  const { token } = route.useSearch();
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const reset = useMutation({
    mutationFn: (): Promise<unknown> =>
      token === undefined ? auth.requiredReset(password) : auth.resetPassword(token, password),
    onSuccess: () => {
      if (token === undefined) {
        void navigate({ to: '/' });
        return;
      }
      // The server has ended every session of this account.
      session.end();
      toast.ok('Your password was changed. Sign in with it.');
      void navigate({ to: '/login' });
    },
  });
  if (token === undefined && !session.token()) return <Navigate to="/login" />;

  const ready = !passwordProblem(password) && password === again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) reset.mutate();
  };
  const error = reset.error instanceof ApiError ? reset.error : null;
  if (token !== undefined && (error?.status === 401 || error?.status === 404)) {
    return (
      <Frame title="This link is no longer good">
        <p>A link works once, and only for some time.</p>
        <Link to="/login/forgot" className={buttonClass({ look: 'primary' })}>
          Send me a new one
        </Link>
      </Frame>
    );
  }
  return (
    <Frame title="Choose a new password">
      {token === undefined && (
        <p>An administrator asked you to change your password before you go on.</p>
      )}
      <form onSubmit={submit} noValidate>
        <FormError>{error?.summary(['new_password'])}</FormError>
        <NewPasswordFields
          password={password}
          again={again}
          onPassword={setPassword}
          onAgain={setAgain}
          error={error?.field('new_password')}
        />
        <Button type="submit" look="primary" busy={reset.isPending} disabled={!ready}>
          {token === undefined ? 'Save and continue' : 'Save the new password'}
        </Button>
      </form>
    </Frame>
  );
}
