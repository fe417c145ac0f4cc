import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { MailPlus, Send, Trash2 } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { inviteListQuery, invites, type Invite } from '@/api/users';
import { Button, buttonClass } from '@/components/Button';
import { DataTable, type Column } from '@/components/DataTable';
import { ConfirmDialog } from '@/components/Dialog';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Ago } from '@/components/Time';
import { toast } from '@/components/Toast';
import { can } from '@/lib/permissions';
import { rolesText } from '@/lib/roles';
import styles from './Users.module.css';

const sort = { key: 'email', direction: 'asc' } as const;

/** Who was asked to make an account and has not done it yet. */
export function InviteList() {
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const list = useQuery({ ...inviteListQuery(undefined), enabled: can(me, 'invites.write') });
  const [revoking, setRevoking] = useState<Invite | null>(null);
  const fresh = () => cache.invalidateQueries({ queryKey: ['invites'] });
  const resend = useMutation({
    mutationFn: invites.resend,
    onSuccess: (_, invite) => toast.ok(`A new link was mailed to ${invite.email}.`),
    onError: (error, invite) =>
      toast.error(`${invite.email} could not be invited again: ${error.message}`),
    onSettled: fresh,
  });
  const columns: readonly Column<Invite>[] = [
    { id: 'email', header: 'Email', cell: (invite) => invite.email },
    { id: 'name', header: 'Name', cell: (invite) => invite.name },
    { id: 'role', header: 'Role', cell: (invite) => rolesText(invite) },
    { id: 'sent', header: 'Sent', cell: (invite) => <Ago at={invite.created_at} /> },
    {
      id: 'actions',
      header: 'Actions',
      cell: (invite) => (
        <span className={styles.row}>
          <Button
            size="s"
            icon={<Send />}
            busy={resend.isPending && resend.variables.id === invite.id}
            title="Mails a new link; the old one stops working."
            aria-label={`Send again to ${invite.email}`}
            onClick={() => resend.mutate(invite)}
          >
            Send again
          </Button>
          <Button
            size="s"
            icon={<Trash2 />}
            aria-label={`Revoke the invitation of ${invite.email}`}
            onClick={() => setRevoking(invite)}
          >
            Revoke
          </Button>
        </span>
      ),
    },
  ];
  if (list.isPending) return <Skeleton lines={4} />;
  if (list.error) {
    return <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />;
  }
  return (
    <>
      {list.data.length === 0 ? (
        <EmptyState
          icon={<MailPlus />}
          title="No open invitation"
          action={
            <Link
              to="/settings/users/new"
              search={{ kind: 'invite' }}
              className={buttonClass({ look: 'primary' })}
            >
              Invite somebody
            </Link>
          }
        >
          Whoever is invited gets a link by email, and chooses a password.
        </EmptyState>
      ) : (
        <DataTable
          caption="Invitations"
          columns={columns}
          rows={list.data}
          rowName={(invite) => invite.email}
          sort={sort}
          onSort={() => undefined}
        />
      )}
      {revoking && (
        <ConfirmDialog
          title={`Revoke the invitation of ${revoking.email}?`}
          action="Revoke"
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await invites.remove(revoking.id);
            toast.ok(`The invitation of ${revoking.email} was revoked.`);
            await fresh();
          }}
        >
          <p>The link that was mailed stops working.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
