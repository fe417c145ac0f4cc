import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Plus, UserPlus, Users, X } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { roleOn, teamMembersQuery, teams, type Team, type TeamMember } from '@/api/teams';
import type { Role } from '@/api/types';
import { Badge } from '@/components/Badge';
import { Button, buttonClass } from '@/components/Button';
import { DataTable, type Column } from '@/components/DataTable';
import { ConfirmDialog } from '@/components/Dialog';
import { RoleSelect } from '@/components/RolesEditor';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { toast } from '@/components/Toast';
import { can, roleName } from '@/lib/permissions';
import { AddMembersDialog } from './AddMembersDialog';
import styles from './Teams.module.css';

const sort = { key: '', direction: 'asc' } as const;

/** Who works on this team. People with a role on everything are not among them. */
export function MembersTab({ team }: { team: Team }) {
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const members = useQuery(teamMembersQuery(team.id));
  const [adding, setAdding] = useState(false);
  const [removing, setRemoving] = useState<TeamMember | null>(null);
  const writes = can(me, 'members.write', team.id);
  const fresh = async () => {
    await cache.invalidateQueries({ queryKey: ['teams'] });
    await cache.invalidateQueries({ queryKey: ['users'] });
  };
  const change = useMutation({
    mutationFn: ({ member, role }: { member: TeamMember; role: Role }) =>
      teams.setMembers(team.id, [{ id: member.id, role }]),
    onSuccess: (_, { member, role }) =>
      toast.ok(`${member.name} is now ${roleName(role)} of ${team.name}.`),
    onError: (error) => toast.error(error),
    onSettled: fresh,
  });

  const columns: Column<TeamMember>[] = [
    {
      id: 'name',
      header: 'Name',
      cell: (member) => (
        <>
          {me?.global_role && can(me, 'users.write') ? (
            <Link
              to="/settings/users/$userId"
              params={{ userId: String(member.id) }}
              className={styles.name}
            >
              {member.name}
            </Link>
          ) : (
            member.name
          )}{' '}
          {member.id === me?.id && <Badge tone="accent">You</Badge>}{' '}
          {member.api_only && <Badge>API only</Badge>}
        </>
      ),
    },
    { id: 'email', header: 'Email', cell: (member) => member.email },
    {
      id: 'role',
      header: 'Role',
      cell: (member) => {
        const role = roleOn(member, team.id) ?? 'observer';
        return writes ? (
          <RoleSelect
            label={`Role of ${member.name}`}
            value={role}
            apiOnly={member.api_only}
            disabled={change.isPending}
            onChange={(next) => change.mutate({ member, role: next })}
          />
        ) : (
          roleName(role)
        );
      },
    },
    ...(writes
      ? [
          {
            id: 'remove',
            header: 'Actions',
            cell: (member: TeamMember) => (
              <Button
                size="s"
                icon={<X />}
                aria-label={`Remove ${member.name} from the team`}
                onClick={() => setRemoving(member)}
              >
                Remove
              </Button>
            ),
          },
        ]
      : []),
  ];
  const buttons = writes && (
    <span className={styles.row}>
      {me?.global_role && (
        <Button icon={<UserPlus />} onClick={() => setAdding(true)}>
          Add members
        </Button>
      )}
      <Link
        to="/settings/users/new"
        search={{ team_id: team.id }}
        className={buttonClass({ look: me?.global_role ? 'secondary' : 'primary' })}
      >
        <Plus aria-hidden /> Create user
      </Link>
    </span>
  );

  return (
    <>
      {members.isPending ? (
        <Skeleton lines={4} />
      ) : members.error ? (
        <ErrorPanel error={members.error as ApiError} onRetry={() => void members.refetch()} />
      ) : members.data.length === 0 ? (
        <EmptyState icon={<Users />} title="No members yet" action={buttons}>
          Members see and do, on this team’s hosts, what their role allows. People with a role on
          everything can do so anyway.
        </EmptyState>
      ) : (
        <>
          {buttons && <div className={styles.bar}>{buttons}</div>}
          <DataTable
            caption={`Members of ${team.name}`}
            columns={columns}
            rows={members.data}
            rowName={(member) => member.name}
            sort={sort}
            onSort={() => undefined}
          />
        </>
      )}
      {adding && (
        <AddMembersDialog
          team={team}
          present={members.data ?? []}
          onClose={() => setAdding(false)}
          onAdded={fresh}
        />
      )}
      {removing && (
        <ConfirmDialog
          title={`Remove ${removing.name} from ${team.name}?`}
          action="Remove"
          onClose={() => setRemoving(null)}
          onConfirm={async () => {
            await teams.removeMember(team.id, removing.id);
            toast.ok(`${removing.name} was removed from ${team.name}.`);
            await fresh();
          }}
        >
          <p>
            {(removing.teams ?? []).length > 1
              ? 'Roles on other teams stay.'
              : 'Without another role, this person can see and do nothing any more. The account stays.'}
          </p>
        </ConfirmDialog>
      )}
    </>
  );
}
