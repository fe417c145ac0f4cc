import { useEffect, useState, type FormEvent } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, Navigate } from '@tanstack/react-router';
import { auth, setupPendingQuery, ssoQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { Button } from '@/components/Button';
import { FormError, PasswordField, TextField } from '@/components/Field';
import { plural } from '@/lib/format';
import { Frame } from '@/components/Frame';
import { ssoSentence } from './search';
import { SsoButton } from './SsoButton';
import { useSignedIn } from './useSignedIn';
import styles from './Login.module.css';

const route = getRouteApi('/login');

/** `/login` */
export function LoginRoute() {
  const { return: returnTo, status } = route.useSearch();
  const signedIn = useSignedIn(returnTo);
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');

  const login = useMutation({
    mutationFn: () => auth.login(email.trim(), password),
    onSuccess: signedIn,
  });
  const wait = useCountdown(login.error);
  const pending = useQuery(setupPendingQuery).data;
  const sso = useQuery(ssoQuery).data;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim() && password && wait === 0) login.mutate();
  };

  if (pending) return <Navigate to="/setup" replace />;
  if (login.data && !login.data.token) {
    return (
      <Frame title="Look into your mail">
        <p role="status">
          A link is on its way to {email.trim()}. Open it in this browser to finish signing in; it
          works once, and only for some minutes.
        </p>
        <Button onClick={() => login.reset()}>Back to sign in</Button>
      </Frame>
    );
  }
  return (
    <Frame title="Sign in">
      <form onSubmit={submit} noValidate>
        <FormError>
          {wait > 0
            ? `Too many attempts. Try again in ${plural(wait, 'second')}.`
            : login.error
              ? explain(login.error)
              : ssoSentence(status)}
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
        <p className={styles.link}>
          <Link to="/login/forgot">Forgot your password?</Link>
        </p>
      </form>
      {sso?.sso_enabled && <SsoButton settings={sso} returnTo={returnTo} />}
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
