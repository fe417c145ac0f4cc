import { useState, type FormEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { auth } from '@/api/auth';
import { ApiError } from '@/api/client';
import { session } from '@/api/session';
import { Button } from '@/components/Button';
import { FormError } from '@/components/Field';
import { NewPasswordFields, passwordProblem } from '@/components/NewPassword';
import { Frame } from '@/components/Frame';

/** `/login/reset`: an administrator asked for a new password. */
export function ResetPage() {
  const navigate = useNavigate();
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const reset = useMutation({
    mutationFn: () => auth.requiredReset(password),
    onSuccess: () => navigate({ to: '/' }),
  });
  if (!session.token()) return <Navigate to="/login" />;

  const ready = !passwordProblem(password) && password === again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) reset.mutate();
  };
  const error = reset.error instanceof ApiError ? reset.error : null;
  return (
    <Frame title="Choose a new password">
      <p>An administrator asked you to change your password before you go on.</p>
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
          Save and continue
        </Button>
      </form>
    </Frame>
  );
}
