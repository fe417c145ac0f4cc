import { useState, type FormEvent } from 'react';
import { useMutation, useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { auth, inviteQuery, ssoQuery, type SignedIn } from '@/api/auth';
import { ApiError } from '@/api/client';
import { Button, buttonClass } from '@/components/Button';
import { FormError, TextField } from '@/components/Field';
import { Frame } from '@/components/Frame';
import { NewPasswordFields, passwordProblem } from '@/components/NewPassword';
import { Skeleton } from '@/components/States';
import { SsoButton } from './SsoButton';
import { useSignedIn } from './useSignedIn';

const withPassword = getRouteApi('/login/invites/$token');
const withSso = getRouteApi('/login/ssoinvites/$token');

/** `/login/invites/:token` */
export function InvitePage() {
  const { name, email } = withPassword.useSearch();
  return <Invitation token={withPassword.useParams().token} name={name} email={email} />;
}

/** `/login/ssoinvites/:token` */
export function SsoInvitePage() {
  const { name, email } = withSso.useSearch();
  return <Invitation token={withSso.useParams().token} name={name} email={email} sso />;
}

interface Known {
  token: string;
  name?: string | undefined;
  email?: string | undefined;
  sso?: boolean;
}

function Invitation({ token, sso = false, ...linked }: Known) {
  const invite = useQuery(inviteQuery(token));
  if (invite.data) {
    return (
      <AcceptForm
        token={token}
        email={invite.data.email}
        name={linked.name ?? invite.data.name}
        sso={sso || invite.data.sso_enabled}
      />
    );
  }
  if (!invite.error) {
    return (
      <Frame title="Welcome">
        <Skeleton lines={4} />
      </Frame>
    );
  }
  const gone =
    invite.error instanceof ApiError && invite.error.status >= 400 && invite.error.status < 500;
  return gone ? (
    <Frame title="This invitation is no longer good">
      <p>It was used, revoked, or has expired. Ask whoever invited you to send a new one.</p>
      <Link to="/login" className={buttonClass()}>
        I have an account
      </Link>
    </Frame>
  ) : (
    <Frame title="Welcome">
      <p role="alert">{invite.error.message}</p>
      <Button onClick={() => void invite.refetch()}>Try again</Button>
    </Frame>
  );
}

function AcceptForm({
  token,
  email,
  name: invitedName,
  sso,
}: {
  token: string;
  email: string;
  name: string;
  sso: boolean;
}) {
  const provider = useQuery({ ...ssoQuery, enabled: sso }).data;
  const signedIn = useSignedIn(undefined);
  const [name, setName] = useState(invitedName);
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const accept = useMutation({
    mutationFn: async (): Promise<SignedIn> => {
      await auth.acceptInvite({
        invite_token: token,
        email,
        name: name.trim(),
        ...(sso ? {} : { password }),
      });
      // The account is there now: a sign-in that fails is tried again on its own page.
      return sso ? {} : auth.login(email, password).catch(() => ({}));
    },
    onSuccess: signedIn,
  });
  const ready = name.trim() !== '' && (sso || (!passwordProblem(password) && password === again));
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) accept.mutate();
  };
  const error = accept.error instanceof ApiError ? accept.error : null;
  if (accept.isSuccess) {
    return (
      <Frame title="Your account is ready">
        {accept.data.message !== undefined ? (
          <p role="status">
            A link is on its way to {email}. Open it in this browser to finish signing in.
          </p>
        ) : sso && provider ? (
          <SsoButton settings={provider} />
        ) : (
          <Link to="/login" className={buttonClass({ look: 'primary' })}>
            Sign in
          </Link>
        )}
      </Frame>
    );
  }
  return (
    <Frame title="Welcome">
      <p>
        You were invited as <strong>{email}</strong>.{' '}
        {sso
          ? 'You will sign in through your identity provider.'
          : 'Choose a password, and you are in.'}
      </p>
      <form onSubmit={submit} noValidate>
        <FormError>{error ? error.summary(['name', 'password']) : accept.error?.message}</FormError>
        <TextField
          label="Name"
          autoComplete="name"
          required
          value={name}
          error={error?.field('name')}
          onChange={(event) => setName(event.target.value)}
        />
        {!sso && (
          <NewPasswordFields
            label="Password"
            password={password}
            again={again}
            onPassword={setPassword}
            onAgain={setAgain}
            error={error?.field('password')}
          />
        )}
        <Button type="submit" look="primary" busy={accept.isPending} disabled={!ready}>
          Create my account
        </Button>
      </form>
    </Frame>
  );
}
