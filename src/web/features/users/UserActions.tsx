import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Ellipsis, KeyRound, LogOut, Pencil, Trash2 } from 'lucide-react';
import type { User } from '@/api/types';
import { users } from '@/api/users';
import { IconButton } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { Menu, MenuItem, MenuSeparator } from '@/components/Menu';
import { toast } from '@/components/Toast';

/** What an administrator does to one user of the list. */
export function UserActions({ user, own }: { user: User; own: boolean }) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const [asking, setAsking] = useState<'delete' | 'sessions' | null>(null);
  const name = user.name || user.email;
  const fresh = () => cache.invalidateQueries({ queryKey: ['users'] });
  const reset = useMutation({
    mutationFn: () => users.requireReset(user.id, !user.force_password_reset),
    onSuccess: async () => {
      toast.ok(
        user.force_password_reset
          ? `${name} can keep the password.`
          : `${name} must choose a new password at the next sign-in.`,
      );
      await fresh();
    },
    onError: (error) => toast.error(error),
  });
  return (
    // Menus and dialogs are this cell's children, wherever they are drawn: a click in them is not
    // one on the row.
    <span onClick={(event) => event.stopPropagation()}>
      <Menu
        trigger={
          <IconButton label={`Actions for ${name}`}>
            <Ellipsis />
          </IconButton>
        }
      >
        <MenuItem
          icon={<Pencil aria-hidden />}
          onSelect={() =>
            void navigate({ to: '/settings/users/$userId', params: { userId: String(user.id) } })
          }
        >
          Edit
        </MenuItem>
        {!user.sso_enabled && !user.api_only && (
          <MenuItem icon={<KeyRound aria-hidden />} onSelect={() => reset.mutate()}>
            {user.force_password_reset ? 'No longer require a reset' : 'Require password reset'}
          </MenuItem>
        )}
        <MenuItem icon={<LogOut aria-hidden />} onSelect={() => setAsking('sessions')}>
          Sign out everywhere
        </MenuItem>
        {!own && (
          <>
            <MenuSeparator />
            <MenuItem danger icon={<Trash2 aria-hidden />} onSelect={() => setAsking('delete')}>
              Delete
            </MenuItem>
          </>
        )}
      </Menu>
      {asking === 'delete' && (
        <DeleteUserDialog user={user} onClose={() => setAsking(null)} onDeleted={fresh} />
      )}
      {asking === 'sessions' && (
        <ConfirmDialog
          title={`Sign ${name} out everywhere?`}
          action="End all sessions"
          onClose={() => setAsking(null)}
          onConfirm={async () => {
            await users.endSessions(user.id);
            toast.ok(`${name} is signed out everywhere.`);
            await cache.invalidateQueries({ queryKey: ['users', 'sessions', user.id] });
          }}
        >
          <p>
            {user.api_only
              ? 'Its token stops working at once, and there is no way to get another one: programs that use it are refused.'
              : own
                ? 'This ends the session of this page, too, and revokes your API tokens.'
                : 'Whoever works with this account must sign in again, and its API tokens stop working.'}
          </p>
        </ConfirmDialog>
      )}
    </span>
  );
}

export function DeleteUserDialog({
  user,
  onClose,
  onDeleted,
}: {
  user: User;
  onClose: () => void;
  onDeleted: () => unknown;
}) {
  const name = user.name || user.email;
  return (
    <ConfirmDialog
      title={`Delete ${name}?`}
      action="Delete"
      onClose={onClose}
      onConfirm={async () => {
        await users.remove(user.id);
        toast.ok(`${name} was deleted.`);
        await onDeleted();
      }}
    >
      <p>
        The account, its sessions and its API tokens end at once. Queries and policies that{' '}
        {user.api_only ? 'it' : 'this person'} made stay.
      </p>
    </ConfirmDialog>
  );
}
