import { Link } from '@tanstack/react-router';
import type { User } from '@/api/types';
import { Badge, StatusDot } from '@/components/Badge';
import type { Column } from '@/components/DataTable';
import { Ago } from '@/components/Time';
import { roleName } from '@/lib/permissions';
import { rolesText } from '@/lib/roles';
import { UserActions } from './UserActions';
import styles from './Users.module.css';

/** `viewer`: nobody deletes the account that they are signed in with. */
export function userColumns(viewer: number | undefined): readonly Column<User>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortKey: 'name',
      maxWidth: '340px',
      cell: (user) => (
        <>
          <Link
            to="/settings/users/$userId"
            params={{ userId: String(user.id) }}
            className={styles.name}
          >
            {user.name || user.email}
          </Link>{' '}
          {user.id === viewer && <Badge tone="accent">You</Badge>}{' '}
          {user.api_only && (
            <Badge title="A program's account: it cannot sign in here.">API only</Badge>
          )}{' '}
          {user.sso_enabled && (
            <Badge title="Signs in through the identity provider.">Single sign-on</Badge>
          )}
        </>
      ),
    },
    { id: 'role', header: 'Role', cell: (user) => <RoleCell user={user} /> },
    { id: 'status', header: 'Status', cell: (user) => <Status user={user} /> },
    { id: 'email', header: 'Email', sortKey: 'email', cell: (user) => user.email },
    {
      id: 'created_at',
      header: 'Added',
      sortKey: 'created_at',
      cell: (user) => <Ago at={user.created_at} />,
    },
    {
      id: 'actions',
      header: 'Actions',
      cell: (user) => <UserActions user={user} own={user.id === viewer} />,
    },
  ];
}

function RoleCell({ user }: { user: User }) {
  const each = (user.teams ?? []).map(({ name, role }) => `${roleName(role)} of ${name}`);
  return <span title={each.join('\n') || undefined}>{rolesText(user)}</span>;
}

function Status({ user }: { user: User }) {
  if (!user.global_role && (user.teams ?? []).length === 0) {
    return (
      <StatusDot tone="bad" title="Without a role nothing can be seen or done.">
        No access
      </StatusDot>
    );
  }
  if (user.force_password_reset && !user.api_only) {
    return (
      <StatusDot tone="warn" title="Must choose a new password at the next sign-in.">
        Password reset required
      </StatusDot>
    );
  }
  return <StatusDot tone="ok">Active</StatusDot>;
}
