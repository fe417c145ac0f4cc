import { oneOf, string } from '@/lib/search';

/** Why the identity provider's answer was not good enough. */
export const ssoFailures = [
  'account_disabled',
  'account_invalid',
  'org_disabled',
  'error',
] as const;

export interface LoginSearch {
  return?: string;
  status?: (typeof ssoFailures)[number];
}

export function loginSearch(raw: Record<string, unknown>): LoginSearch {
  const to = string(raw, 'return');
  const status = string(raw, 'status');
  return {
    // Only paths of our own: a link must not be able to send people elsewhere after sign-in.
    return: to && /^\/(?![/\\])/.test(to) ? to : undefined,
    status: oneOf(raw, 'status', ssoFailures) ?? (status ? 'error' : undefined),
  };
}

export function resetSearch(raw: Record<string, unknown>): { token?: string } {
  return { token: string(raw, 'token') };
}

export function inviteSearch(raw: Record<string, unknown>): { name?: string; email?: string } {
  return { name: string(raw, 'name'), email: string(raw, 'email') };
}

const sentences: Record<(typeof ssoFailures)[number], string> = {
  account_disabled:
    'Your account does not sign in through the identity provider. Use your password, or ask an administrator.',
  account_invalid: 'There is no account for you on this server. Ask an administrator to add you.',
  org_disabled: 'Single sign-on is turned off on this server.',
  error: 'The identity provider’s answer could not be used. Try again, or ask an administrator.',
};

export function ssoSentence(status: LoginSearch['status']): string | undefined {
  return status && sentences[status];
}
