import { useState, type FormEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { settingsQuery } from '@/api/settings';
import { teamListQuery } from '@/api/teams';
import { invites, users } from '@/api/users';
import { Button } from '@/components/Button';
import { FormError, TextField } from '@/components/Field';
import { Card, Page } from '@/components/Page';
import { RolesEditor } from '@/components/RolesEditor';
import { SecretOnce } from '@/components/SecretOnce';
import { toast } from '@/components/Toast';
import { UnsavedGuard } from '@/components/UnsavedGuard';
import { canMail, ssoEnabled } from '@/lib/mail';
import { can } from '@/lib/permissions';
import { draftProblems, emptyDraft, type UserDraft } from './draft';
import { EndpointPicker } from './EndpointPicker';
import { KindChoice } from './KindChoice';
import { SignInFields } from './SignInFields';
import type { NewUserKind, NewUserSearch } from './search';
import styles from './Users.module.css';

const buttons: Record<NewUserKind, string> = {
  account: 'Create user',
  invite: 'Send invitation',
  api: 'Create API-only user',
};
const shownFields = [
  'name',
  'email',
  'password',
  'api_endpoints',
  'global_role',
  'teams',
  'teams.id',
];

/** `/settings/users/new`: an account, an invitation, or an account for a program. */
export function NewUserPage({
  search,
  onKind,
}: {
  search: NewUserSearch;
  onKind: (kind: NewUserKind) => void;
}) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const global = can(me, 'config.write');
  const config = useQuery({ ...settingsQuery, enabled: global }).data;
  const teams = useQuery(teamListQuery).data ?? [];
  const kind = search.kind ?? 'account';
  const [initial] = useState(() => emptyDraft(search.team_id));
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const [token, setToken] = useState<string | null>(null);
  const change = (part: Partial<UserDraft>) => setDraft({ ...draft, ...part });

  const leave = () => {
    if (search.team_id === undefined) {
      const tab = kind === 'invite' ? ('invites' as const) : undefined;
      void navigate({ to: '/settings/users', search: { tab }, ignoreBlocker: true });
    } else {
      void navigate({
        to: '/settings/teams/$tab',
        params: { tab: 'members' },
        search: { team_id: search.team_id },
        ignoreBlocker: true,
      });
    }
  };
  const store = useMutation({
    mutationFn: () => create(kind, draft),
    onSuccess: async (made) => {
      await cache.invalidateQueries({ queryKey: [kind === 'invite' ? 'invites' : 'users'] });
      await cache.invalidateQueries({ queryKey: ['teams'] });
      toast.ok(
        kind === 'invite'
          ? `An invitation is on its way to ${draft.email.trim()}.`
          : `${draft.name.trim()} was created.`,
      );
      if (made) setToken(made);
      else leave();
    },
  });

  const error = store.error instanceof ApiError ? store.error : null;
  const problems = tried ? draftProblems(kind, draft) : {};
  const dirty = JSON.stringify(draft) !== JSON.stringify(initial);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (Object.keys(draftProblems(kind, draft)).length === 0) store.mutate();
  };
  // Who administers teams gives roles on those only.
  const mine = me?.global_role ? teams : teams.filter(({ id }) => can(me, 'users.write', id));

  return (
    <Page
      title="Add user"
      section="Settings"
      back={
        search.team_id === undefined ? (
          <Link to="/settings/users">
            <ArrowLeft aria-hidden /> Users
          </Link>
        ) : (
          <Link
            to="/settings/teams/$tab"
            params={{ tab: 'members' }}
            search={{ team_id: search.team_id }}
          >
            <ArrowLeft aria-hidden /> Team
          </Link>
        )
      }
    >
      <Card>
        <form onSubmit={submit} noValidate className={styles.form}>
          <FormError>
            {error?.status === 409
              ? 'This email address is taken already.'
              : error?.summary(shownFields)}
          </FormError>
          <KindChoice
            value={kind}
            onChange={onKind}
            noInvites={
              !global
                ? 'Only administrators of the whole server invite.'
                : config && !canMail(config)
                  ? 'Set up SMTP first: the link goes by email.'
                  : undefined
            }
          />
          <TextField
            label="Name"
            required
            autoComplete="off"
            value={draft.name}
            error={problems.name ?? error?.field('name')}
            onChange={(event) => change({ name: event.target.value })}
          />
          {kind !== 'api' && (
            <>
              <TextField
                label="Email"
                type="email"
                required
                autoComplete="off"
                value={draft.email}
                error={problems.email ?? error?.field('email')}
                onChange={(event) => change({ email: event.target.value })}
              />
              <SignInFields
                draft={draft}
                onChange={change}
                withPassword={kind === 'account'}
                passwordError={problems.password ?? error?.field('password')}
                mayUseSso={config === undefined || ssoEnabled(config)}
                mayUseMfa={config === undefined || canMail(config)}
              />
            </>
          )}
          <RolesEditor
            value={draft.roles}
            onChange={(roles) => change({ roles })}
            teams={mine}
            apiOnly={kind === 'api'}
            teamsOnly={!me?.global_role}
            error={
              problems.roles ??
              error?.field('global_role') ??
              error?.field('teams') ??
              error?.field('teams.id')
            }
          />
          {kind === 'api' && (
            <EndpointPicker
              value={draft.endpoints}
              onChange={(endpoints) => change({ endpoints })}
              error={problems.endpoints ?? error?.field('api_endpoints')}
            />
          )}
          <div className={styles.row}>
            <Button type="submit" look="primary" busy={store.isPending}>
              {buttons[kind]}
            </Button>
            <Button onClick={leave}>Cancel</Button>
            {Object.keys(problems).length > 0 && (
              <span role="status" className={styles.state}>
                Correct the marked fields first.
              </span>
            )}
          </div>
        </form>
      </Card>
      {token !== null && (
        <SecretOnce
          title="The token of the new user"
          name={draft.name.trim()}
          secret={token}
          onClose={leave}
        />
      )}
      <UnsavedGuard dirty={dirty && !store.isPending && !store.isSuccess} what="this user" />
    </Page>
  );
}

/** Gives back the token, when the server tells one. */
async function create(kind: NewUserKind, draft: UserDraft): Promise<string | undefined> {
  const name = draft.name.trim();
  const { roles } = draft;
  if (kind === 'api') {
    const made = await users.createApiOnly({
      name,
      global_role: roles.global_role,
      fleets: roles.teams,
      api_endpoints: draft.endpoints,
    });
    return made.token;
  }
  const common = {
    name,
    email: draft.email.trim(),
    sso_enabled: draft.sso,
    mfa_enabled: draft.mfa && !draft.sso,
    ...roles,
  };
  if (kind === 'invite') {
    await invites.create(common);
    return undefined;
  }
  const made = await users.create({
    ...common,
    ...(draft.sso ? {} : { password: draft.password }),
    admin_forced_password_reset: draft.forceReset && !draft.sso,
  });
  return made.token;
}
