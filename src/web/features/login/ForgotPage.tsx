import { useState, type FormEvent } from 'react';
import { useMutation } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { auth } from '@/api/auth';
import { ApiError } from '@/api/client';
import { Button, buttonClass } from '@/components/Button';
import { FormError, TextField } from '@/components/Field';
import { Frame } from '@/components/Frame';

/** `/login/forgot`: says the same whether the address is known or not. */
export function ForgotPage() {
  const [email, setEmail] = useState('');
  const send = useMutation({ mutationFn: () => auth.forgotPassword(email.trim()) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (email.trim()) send.mutate();
  };
  if (send.isSuccess) {
    return (
      <Frame title="Look into your mail">
        <p role="status">
          If {email.trim()} has an account with a password here, a link to choose a new one is on
          its way.
        </p>
        <Link to="/login" className={buttonClass()}>
          Back to sign in
        </Link>
      </Frame>
    );
  }
  return (
    <Frame title="Forgot your password?" below={<Link to="/login">Back to sign in</Link>}>
      <p>Tell us your email address. A link to choose a new password goes there.</p>
      <form onSubmit={submit} noValidate>
        <FormError>{send.error && explain(send.error)}</FormError>
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
        <Button type="submit" look="primary" busy={send.isPending} disabled={!email.trim()}>
          Send the link
        </Button>
      </form>
    </Frame>
  );
}

function explain(error: Error): string {
  if (!(error instanceof ApiError)) return error.message;
  if (error.status === 429) return 'Too many attempts. Try again later.';
  if (error.status >= 500) {
    return 'This server cannot send mail. Ask an administrator to require a password reset for you.';
  }
  return error.summary();
}
