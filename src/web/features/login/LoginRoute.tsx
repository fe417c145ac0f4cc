import { useEffect, useState, type FormEvent } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Navigate, useNavigate } from '@tanstack/react-router';
import { auth, setupPendingQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { session } from '@/api/session';
import { Button } from '@/components/Button';
import { FormError, PasswordField, TextField } from '@/components/Field';
import { plural } from '@/lib/format';
import { Frame } from '@/components/Frame';

const route = getRouteApi('/login');

/** `/login` */
export function LoginRoute() {
  const { return: returnTo } = route.useSearch();
  const navigate = useNavigate();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  const login = useMutation({
    mutationFn: () => auth.login(email.trim(), password),
    onSuccess: ({ token, user }) => {
      if (!token) return;
      session.start(token);
      if (user?.force_password_reset) void navigate({ to: '/login/reset' });
      else void navigate({ href: returnTo ?? '/' });
    },
  });
  const wait = useCountdown(login.error);
  const pending = useQuery(setupPendingQuery).data;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() && password && wait === 0) login.mutate();
  };

  if (pending) return <Navigate to="/setup" replace />;
  return (
    <Frame
      title="Sign in"
      below="Forgot your password? Ask an administrator to require a password reset for you."
    >
      <form onSubmit={submit} noValidate>
        <FormError>
          {wait > 0
            ? `Too many attempts. Try again in ${plural(wait, 'second')}.`
            : login.error
              ? explain(login.error)
              : login.data?.message}
        </FormError>
        <TextField
          label="Email"
          type="email"
          name="email"
          autoComplete="username"
          required
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.target.value)}
        />
        <PasswordField
          label="Password"
          name="password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
        />
        <Button
          type="submit"
          look="primary"
          busy={login.isPending}
          disabled={!email.trim() || !password || wait > 0}
        >
          Sign in
        </Button>
      </form>
    </Frame>
  );
}

function explain(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.status === 401) return 'The email address or the password is wrong.';
  if (error.status === 429) return 'Too many attempts. You can try again now.';
  return error.summary();
}

/** Seconds until the server accepts another attempt. */
function useCountdown(error: Error | null): number {
  const seconds = error instanceof ApiError && error.status === 429 ? (error.retryAfter ?? 10) : 0;
  const [passed, setPassed] = useState(0);
  const [counted, setCounted] = useState(error);
  if (error !== counted) {
    setCounted(error);
    setPassed(0);
  }
  const left = Math.max(0, seconds - passed);
  const waiting = left > 0;
  useEffect(() => {
    if (!waiting) return undefined;
    const timer = setInterval(() => setPassed((before) => before + 1), 1000);
    return () => clearInterval(timer);
  }, [waiting, error]);
  return left;
}
