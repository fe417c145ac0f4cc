import { useState, type FormEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import type { User } from '@/api/types';
import { users, type UserChanges } from '@/api/users';
import { Button } from '@/components/Button';
import { FormError, TextField } from '@/components/Field';
import { toast } from '@/components/Toast';
import { roleName } from '@/lib/permissions';
import { rolesText } from '@/lib/roles';
import styles from './Account.module.css';

/** Name and position; the role is given by an administrator. */
export function ProfileForm({ user }: { user: User }) {
  const cache = useQueryClient();
  const [name, setName] = useState(user.name);
  const [position, setPosition] = useState(user.position ?? '');
  const patch: UserChanges = {};
  if (name.trim() !== user.name) patch.name = name.trim();
  if (position.trim() !== (user.position ?? '')) patch.position = position.trim();
  const dirty = Object.keys(patch).length > 0;
  const store = useMutation({
    mutationFn: () => users.modify(user.id, patch),
    onSuccess: async () => {
      await cache.invalidateQueries({ queryKey: ['me'] });
      toast.ok('Your profile was saved.');
    },
  });
  const error = store.error instanceof ApiError ? store.error : null;
  const missing = name.trim() === '';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (dirty && !missing) store.mutate();
  };
  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <FormError>{error?.summary(['name', 'position'])}</FormError>
      <TextField
        label="Name"
        autoComplete="name"
        required
        value={name}
        error={missing ? 'Enter a name.' : error?.field('name')}
        onChange={(event) => setName(event.target.value)}
      />
      <TextField
        label="Position"
        optional
        autoComplete="organization-title"
        value={position}
        error={error?.field('position')}
        onChange={(event) => setPosition(event.target.value)}
      />
      <dl className={styles.facts}>
        <div>
          <dt>Role</dt>
          <dd
            title={
              (user.teams ?? [])
                .map((team) => `${roleName(team.role)} of ${team.name}`)
                .join('\n') || undefined
            }
          >
            {rolesText(user)}
          </dd>
        </div>
        <div>
          <dt>Sign-in</dt>
          <dd>
            {user.sso_enabled
              ? 'Through the identity provider'
              : user.mfa_enabled
                ? 'Password, confirmed by email'
                : 'Password'}
          </dd>
        </div>
      </dl>
      <div>
        <Button
          type="submit"
          look="primary"
          busy={store.isPending}
          disabled={!dirty || missing}
          title={dirty ? undefined : 'Nothing was changed.'}
        >
          Save
        </Button>
      </div>
    </form>
  );
}
