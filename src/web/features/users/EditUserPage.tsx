import { useState, type FormEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, Trash2 } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { settingsQuery } from '@/api/settings';
import { teamListQuery } from '@/api/teams';
import type { User } from '@/api/types';
import { users } from '@/api/users';
import { Button } from '@/components/Button';
import { CheckboxField, FormError, TextField } from '@/components/Field';
import { NewPasswordFields } from '@/components/NewPassword';
import { Card, Page } from '@/components/Page';
import { RolesEditor } from '@/components/RolesEditor';
import { toast } from '@/components/Toast';
import { UnsavedGuard } from '@/components/UnsavedGuard';
import { canMail, ssoEnabled } from '@/lib/mail';
import { can } from '@/lib/permissions';
import { rolesText } from '@/lib/roles';
import { editProblems, patchOf, startOf, type Edit } from './edit';
import { EndpointPicker } from './EndpointPicker';
import { UserAccess } from './UserAccess';
import { DeleteUserDialog } from './UserActions';
import styles from './Users.module.css';

const shownFields = [
  'name',
  'email',
  'new_password',
  'api_endpoints',
  'global_role',
  'teams',
  'teams.id',
];

/** `/settings/users/:id` */
export function EditUserPage({ user }: { user: User }) {
  const navigate = useNavigate();
  const me = useQuery(meQuery).data?.user;
  const [deleting, setDeleting] = useState(false);
  const leave = () => void navigate({ to: '/settings/users', ignoreBlocker: true });
  return (
    <Page
      title={user.name || user.email}
      section="Settings"
      facts={<span>{rolesText(user)}</span>}
      back={
        <Link to="/settings/users">
          <ArrowLeft aria-hidden /> Users
        </Link>
      }
      actions={
        me &&
        me.id !== user.id && (
          <Button icon={<Trash2 />} onClick={() => setDeleting(true)}>
            Delete user
          </Button>
        )
      }
    >
      <Card title="Account">
        <UserForm user={user} />
      </Card>
      <UserAccess user={user} own={me?.id === user.id} />
      {deleting && (
        <DeleteUserDialog user={user} onClose={() => setDeleting(false)} onDeleted={leave} />
      )}
    </Page>
  );
}

function UserForm({ user }: { user: User }) {
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const config = useQuery({ ...settingsQuery, enabled: can(me, 'config.write') }).data;
  const teams = useQuery(teamListQuery).data ?? [];
  const start = startOf(user);
  const [edit, setEdit] = useState<Edit>(start);
  const [tried, setTried] = useState(false);
  const change = (part: Partial<Edit>) => setEdit({ ...edit, ...part });
  const patch = patchOf(start, edit);
  const dirty = Object.keys(patch).length > 0;

  const store = useMutation({
    mutationFn: (): Promise<unknown> =>
      user.api_only ? users.modifyApiOnly(user.id, patch) : users.modify(user.id, patch),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['users'] });
      await cache.invalidateQueries({ queryKey: ['me'] });
      setTried(false);
      toast.ok(
        patch.email === undefined
          ? `${edit.name.trim()} was saved.`
          : `Saved. The new address counts once the link that was mailed to ${patch.email} is opened.`,
      );
      setEdit({ ...edit, email: user.email, password: '', again: '' });
    },
  });
  const error = store.error instanceof ApiError ? store.error : null;
  const problems = tried ? editProblems(user, edit) : {};
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setTried(true);
    if (dirty && Object.keys(editProblems(user, edit)).length === 0) store.mutate();
  };
  const sso = config === undefined || ssoEnabled(config);
  const mail = config === undefined || canMail(config);

  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <FormError>
        {error?.status === 409 && error.errors.length === 0
          ? 'This email address is taken already.'
          : error?.summary(shownFields)}
      </FormError>
      <TextField
        label="Name"
        required
        value={edit.name}
        error={problems.name ?? error?.field('name')}
        onChange={(event) => change({ name: event.target.value })}
      />
      {!user.api_only && (
        <>
          <TextField
            label="Email"
            type="email"
            required
            disabled={!mail}
            hint={
              mail
                ? 'A new address counts once the link that is mailed to it was opened.'
                : 'Cannot be changed until SMTP is set up: a new address is confirmed by email.'
            }
            value={edit.email}
            error={problems.email ?? error?.field('email')}
            onChange={(event) => change({ email: event.target.value })}
          />
          <CheckboxField
            label="Signs in through the identity provider"
            hint={sso ? undefined : 'Single sign-on is not set up on this server.'}
            checked={edit.sso}
            disabled={!sso && !edit.sso}
            onChange={(event) => change({ sso: event.target.checked })}
          />
          {user.sso_enabled && !edit.sso && (
            <NewPasswordFields
              password={edit.password}
              again={edit.again}
              onPassword={(password) => change({ password })}
              onAgain={(again) => change({ again })}
              error={problems.password ?? error?.field('new_password')}
            />
          )}
          {!edit.sso && (
            <CheckboxField
              label="Confirms each sign-in by email"
              hint={mail ? undefined : 'Mail is not set up on this server.'}
              checked={edit.mfa}
              disabled={!mail && !edit.mfa}
              onChange={(event) => change({ mfa: event.target.checked })}
            />
          )}
        </>
      )}
      <RolesEditor
        value={edit.roles}
        onChange={(roles) => change({ roles })}
        teams={me?.global_role ? teams : teams.filter(({ id }) => can(me, 'users.write', id))}
        apiOnly={user.api_only}
        teamsOnly={!me?.global_role}
        error={
          problems.roles ??
          error?.field('global_role') ??
          error?.field('teams') ??
          error?.field('teams.id')
        }
      />
      {user.api_only && (
        <EndpointPicker
          value={edit.endpoints}
          onChange={(endpoints) => change({ endpoints })}
          error={problems.endpoints ?? error?.field('api_endpoints')}
        />
      )}
      <div className={styles.row}>
        <Button type="submit" look="primary" busy={store.isPending} disabled={!dirty}>
          Save
        </Button>
        {dirty && !store.isPending && (
          <Button onClick={() => setEdit(start)}>Discard changes</Button>
        )}
        <span role="status" className={styles.state}>
          {Object.keys(problems).length > 0
            ? 'Correct the marked fields first.'
            : dirty
              ? 'Not saved yet'
              : 'Everything is saved.'}
        </span>
      </div>
      <UnsavedGuard dirty={dirty && !store.isPending} what="this user" />
    </form>
  );
}
