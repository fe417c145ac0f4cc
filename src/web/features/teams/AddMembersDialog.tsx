import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import { teams, type Team, type TeamMember } from '@/api/teams';
import type { Role } from '@/api/types';
import { userListQuery } from '@/api/users';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { FormError, SelectField } from '@/components/Field';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { toast } from '@/components/Toast';
import { SearchInput } from '@/components/Toolbar';
import { plural } from '@/lib/format';
import { roleName } from '@/lib/permissions';
import { roleHelp, rolesFor } from '@/lib/roles';
import styles from './Teams.module.css';

/** Gives people who have an account already a role on the team. */
export function AddMembersDialog({
  team,
  present,
  onClose,
  onAdded,
}: {
  team: Team;
  present: readonly TeamMember[];
  onClose: () => void;
  onAdded: () => Promise<unknown>;
}) {
  const [query, setQuery] = useState('');
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const [role, setRole] = useState<Role>('observer');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const list = useQuery(
    userListQuery({ query, page: 0, per_page: 100, order_key: 'name', order_direction: 'asc' }),
  );
  const members = new Set(present.map(({ id }) => id));
  // A role on everything and roles on teams exclude each other: the server would refuse.
  const free = (list.data ?? []).filter(
    (user) => user.global_role === null && !members.has(user.id),
  );
  const toggle = (id: number) => {
    const next = new Set(chosen);
    if (!next.delete(id)) next.add(id);
    setChosen(next);
  };
  const add = async () => {
    setBusy(true);
    setError(null);
    try {
      await teams.setMembers(
        team.id,
        [...chosen].map((id) => ({ id, role })),
      );
      await onAdded();
      toast.ok(`${plural(chosen.size, 'member')} added to ${team.name}.`);
      onClose();
    } catch (cause) {
      setError(cause instanceof ApiError ? cause : new ApiError(0, 'That did not work.'));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title={`Add members to ${team.name}`}
      description="People with a role on everything work on every team already, and are not listed."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={busy}
            disabled={chosen.size === 0}
            onClick={() => void add()}
          >
            {chosen.size === 0 ? 'Add' : `Add ${plural(chosen.size, 'member')}`}
          </Button>
        </>
      }
    >
      <FormError>{error?.summary()}</FormError>
      <SearchInput label="Search users" value={query} onChange={setQuery} />
      {list.isPending ? (
        <Skeleton lines={3} />
      ) : list.error ? (
        <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
      ) : free.length === 0 ? (
        <EmptyState compact title={query ? 'Nobody matches' : 'Nobody can be added'}>
          {query ? undefined : 'Everybody has a role on everything, or is a member already.'}
        </EmptyState>
      ) : (
        <ul className={styles.picker} aria-label="Users">
          {free.map((user) => (
            <li key={user.id}>
              <label>
                <input
                  type="checkbox"
                  checked={chosen.has(user.id)}
                  onChange={() => toggle(user.id)}
                />
                <span>
                  {user.name}
                  <small>{user.email}</small>
                </span>
              </label>
            </li>
          ))}
        </ul>
      )}
      <SelectField
        label="Role on this team"
        hint={roleHelp[role]}
        value={role}
        onChange={(event) => setRole(event.target.value as Role)}
      >
        {rolesFor(false).map((each) => (
          <option key={each} value={each}>
            {roleName(each)}
          </option>
        ))}
      </SelectField>
    </Dialog>
  );
}
