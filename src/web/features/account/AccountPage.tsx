import { useState, type FormEvent } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import { auth, meQuery, versionQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { session } from '@/api/session';
import type { User } from '@/api/types';
import { Button, buttonClass } from '@/components/Button';
import { FormError, PasswordField, SelectField } from '@/components/Field';
import { NewPasswordFields, passwordProblem } from '@/components/NewPassword';
import { Card, Page } from '@/components/Page';
import { ErrorPanel, Skeleton } from '@/components/States';
import { toast } from '@/components/Toast';
import { empty } from '@/lib/format';
import { roleName } from '@/lib/permissions';
import { setTheme, theme, type Theme } from '@/lib/theme';
import styles from './Account.module.css';

/** `/account` */
export function AccountPage() {
  const me = useQuery(meQuery);
  const version = useQuery(versionQuery);
  return (
    <Page
      title="My account"
      section="Account"
      narrow
      actions={
        <Link to="/logout" preload={false} className={buttonClass()}>
          <LogOut aria-hidden /> Sign out
        </Link>
      }
    >
      {me.error && <ErrorPanel error={me.error as ApiError} onRetry={() => void me.refetch()} />}
      {me.isPending && <Skeleton />}
      {me.data && (
        <>
          <Card title="About you">
            <dl className={styles.facts}>
              <Fact name="Name" value={me.data.user.name} />
              <Fact name="Email" value={me.data.user.email} />
              <Fact name="Role" value={roles(me.data.user)} />
              {me.data.user.position && <Fact name="Position" value={me.data.user.position} />}
            </dl>
          </Card>
          <Card title="Appearance">
            <Appearance />
          </Card>
          {!me.data.user.sso_enabled && (
            <Card title="Change password">
              <PasswordForm />
            </Card>
          )}
        </>
      )}
      {version.data && <p className={styles.version}>Fleet server {version.data.version}</p>}
    </Page>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function roles(user: User): string {
  if (user.global_role) return roleName(user.global_role);
  const teams = user.teams ?? [];
  return teams.length > 0
    ? teams.map((team) => `${roleName(team.role)} of ${team.name}`).join(', ')
    : empty;
}

function Appearance() {
  const [chosen, setChosen] = useState<Theme>(theme);
  return (
    <SelectField
      label="Theme"
      value={chosen}
      onChange={(event) => {
        const next = event.target.value as Theme;
        setTheme(next);
        setChosen(next);
      }}
    >
      <option value="system">As the system</option>
      <option value="light">Light</option>
      <option value="dark">Dark</option>
    </SelectField>
  );
}

function PasswordForm() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [old, setOld] = useState('');
  const [password, setPassword] = useState('');
  const [again, setAgain] = useState('');
  const change = useMutation({
    mutationFn: () => auth.changePassword(old, password),
    onSuccess: () => {
      // The server has ended every session of this user, this one too.
      session.end();
      cache.clear();
      toast.ok('Your password was changed. Sign in with the new one.');
      void navigate({ to: '/login' });
    },
  });
  const error = change.error instanceof ApiError ? change.error : null;
  const ready = old !== '' && !passwordProblem(password) && password === again;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) change.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <FormError>{error?.summary(['old_password', 'new_password'])}</FormError>
      <PasswordField
        label="Current password"
        autoComplete="current-password"
        value={old}
        error={error?.field('old_password')}
        onChange={(event) => setOld(event.target.value)}
      />
      <NewPasswordFields
        password={password}
        again={again}
        onPassword={setPassword}
        onAgain={setAgain}
        error={error?.field('new_password')}
      />
      <p className={styles.note}>You are signed out everywhere, and sign in again.</p>
      <div>
        <Button type="submit" look="primary" disabled={!ready} busy={change.isPending}>
          Change password
        </Button>
      </div>
    </form>
  );
}
