import type { ApiEndpoint, User } from '@/api/types';
import type { UserChanges } from '@/api/users';
import { passwordProblem } from '@/components/NewPassword';
import { rolesProblem, sameRoles, type Roles } from '@/lib/roles';
import { emailProblem, type DraftProblems } from './draft';

export interface Edit {
  name: string;
  email: string;
  sso: boolean;
  mfa: boolean;
  password: string;
  again: string;
  roles: Roles;
  endpoints: ApiEndpoint[] | null;
}

export function startOf(user: User): Edit {
  return {
    name: user.name,
    email: user.email,
    sso: user.sso_enabled,
    mfa: user.mfa_enabled ?? false,
    password: '',
    again: '',
    roles: {
      global_role: user.global_role,
      teams: (user.teams ?? []).map(({ id, role }) => ({ id, role })),
    },
    endpoints: user.api_endpoints?.map(({ method, path }) => ({ method, path })) ?? null,
  };
}

export function editProblems(user: User, edit: Edit): DraftProblems {
  const found: DraftProblems = {};
  if (edit.name.trim() === '') found.name = 'Enter a name.';
  if (!user.api_only) {
    const email = emailProblem(edit.email);
    if (email) found.email = email;
    if (user.sso_enabled && !edit.sso) {
      const password = passwordProblem(edit.password);
      if (password) found.password = password;
      else if (edit.again !== edit.password) found.password = 'The two passwords differ.';
    }
  } else if (edit.endpoints?.length === 0) {
    found.endpoints = 'Choose at least one endpoint, or lift the limit.';
  }
  const roles = rolesProblem(edit.roles);
  if (roles) found.roles = roles;
  return found;
}

/** Only what differs. Of the two kinds of role, the one that counts is sent. */
export function patchOf(
  start: Edit,
  edit: Edit,
): UserChanges & { api_endpoints?: ApiEndpoint[] | null } {
  const patch: UserChanges & { api_endpoints?: ApiEndpoint[] | null } = {};
  if (edit.name.trim() !== start.name) patch.name = edit.name.trim();
  if (edit.email.trim() !== start.email) patch.email = edit.email.trim();
  if (edit.sso !== start.sso) {
    patch.sso_enabled = edit.sso;
    if (!edit.sso) patch.new_password = edit.password;
  }
  const mfa = edit.mfa && !edit.sso;
  if (mfa !== start.mfa) patch.mfa_enabled = mfa;
  if (!sameRoles(edit.roles, start.roles)) {
    if (edit.roles.global_role !== null) patch.global_role = edit.roles.global_role;
    else patch.teams = edit.roles.teams;
  }
  if (JSON.stringify(edit.endpoints) !== JSON.stringify(start.endpoints)) {
    patch.api_endpoints = edit.endpoints;
  }
  return patch;
}
