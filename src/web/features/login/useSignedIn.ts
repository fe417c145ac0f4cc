import { useNavigate } from '@tanstack/react-router';
import type { SignedIn } from '@/api/auth';
import { session } from '@/api/session';

/** Starts the session that a sign-in has given, and goes on to where it is of use. */
export function useSignedIn(returnTo: string | undefined) {
  const navigate = useNavigate();
  return ({ token, user }: SignedIn) => {
    if (!token) return;
    if (user?.api_only) {
      void navigate({ to: '/apionlyuser' });
      return;
    }
    session.start(token);
    if (user?.force_password_reset) void navigate({ to: '/login/reset' });
    else void navigate({ href: returnTo ?? '/' });
  };
}
