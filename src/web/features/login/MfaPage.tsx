import { useEffect } from 'react';
import { useMutation } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { auth } from '@/api/auth';
import { ApiError } from '@/api/client';
import { Button, buttonClass } from '@/components/Button';
import { Frame } from '@/components/Frame';
import { useSignedIn } from './useSignedIn';

const route = getRouteApi('/login/mfa/$token');
const started = new Set<string>();

/** `/login/mfa/:token`: the link of the mail that finishes a sign-in. */
export function MfaPage() {
  const { token } = route.useParams();
  const signedIn = useSignedIn(undefined);
  const confirm = useMutation({ mutationFn: auth.confirmLogin, onSuccess: signedIn });
  const { mutate } = confirm;
  useEffect(() => {
    // The token works once: an effect that runs twice must not use it up.
    if (started.has(token)) return;
    started.add(token);
    mutate(token);
  }, [token, mutate]);

  const { error } = confirm;
  if (!error) {
    return (
      <Frame title="Signing in">
        <p role="status">One moment…</p>
      </Frame>
    );
  }
  if (error instanceof ApiError && error.status !== 401) {
    return (
      <Frame title="Signing in">
        <p role="alert">{error.message}</p>
        <Button look="primary" onClick={() => mutate(token)}>
          Try again
        </Button>
      </Frame>
    );
  }
  return (
    <Frame title="This link is no longer good">
      <p>A link works once, and only for some minutes. Sign in again to get a new one.</p>
      <Link to="/login" className={buttonClass({ look: 'primary' })}>
        Back to sign in
      </Link>
    </Frame>
  );
}
