import type { ApiEndpoint } from '@/api/types';
import { passwordProblem } from '@/components/NewPassword';
import { rolesProblem, type Roles } from '@/lib/roles';
import type { NewUserKind } from './search';

export interface UserDraft {
  name: string;
  email: string;
  password: string;
  again: string;
  forceReset: boolean;
  sso: boolean;
  mfa: boolean;
  roles: Roles;
  endpoints: ApiEndpoint[] | null;
}

export function emptyDraft(team: number | undefined): UserDraft {
  return {
    name: '',
    email: '',
    password: '',
    again: '',
    forceReset: true,
    sso: false,
    mfa: false,
    roles:
      team === undefined
        ? { global_role: 'observer', teams: [] }
        : { global_role: null, teams: [{ id: team, role: 'observer' }] },
    endpoints: null,
  };
}

export function emailProblem(email: string): string | undefined {
  return /^[^\s@<>]+@[^\s@<>]+$/.test(email.trim()) ? undefined : 'Enter an email address.';
}

export type DraftProblems = Partial<
  Record<'name' | 'email' | 'password' | 'again' | 'roles' | 'endpoints', string>
>;

/** What must be put right before the server is asked. */
export function draftProblems(kind: NewUserKind, draft: UserDraft): DraftProblems {
  const found: DraftProblems = {};
  if (draft.name.trim() === '') found.name = 'Enter a name.';
  if (kind !== 'api') {
    const email = emailProblem(draft.email);
    if (email) found.email = email;
  }
  if (kind === 'account' && !draft.sso) {
    const password = passwordProblem(draft.password);
    if (password) found.password = password;
    if (draft.again !== draft.password) found.again = 'The two passwords differ.';
  }
  if (kind === 'api' && draft.endpoints?.length === 0) {
    found.endpoints = 'Choose at least one endpoint, or lift the limit.';
  }
  const roles = rolesProblem(draft.roles);
  if (roles) found.roles = roles;
  return found;
}
