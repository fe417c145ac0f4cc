import { useState, type ReactNode } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { RefreshCw, Trash2, Zap } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { hosts } from '@/api/hosts';
import type { HostDetail } from '@/api/types';
import { Button, buttonClass } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { HostStatus } from '@/components/HostStatus';
import { Page } from '@/components/Page';
import { Banner } from '@/components/States';
import { Ago } from '@/components/Time';
import { toast } from '@/components/Toast';
import { can } from '@/lib/permissions';
import { TransferButton } from './TransferButton';
import { useRefetch } from './useRefetch';

/** Name, state and actions of a host, and whatever tab is open below. */
export function HostHeader({
  host,
  back,
  tabs,
  children,
}: {
  host: HostDetail;
  back: ReactNode;
  tabs: ReactNode;
  children: ReactNode;
}) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const refetch = useRefetch(host);
  const [deleting, setDeleting] = useState(false);
  const name = host.display_name || host.hostname || `Host ${host.id}`;

  return (
    <Page
      title={name}
      section="Hosts"
      back={back}
      facts={
        <>
          <HostStatus host={host} />
          {host.team_name && (
            <Link to="/hosts/manage" search={{ team_id: host.team_id ?? undefined }}>
              {host.team_name}
            </Link>
          )}
          <span>
            Last fetched <Ago at={host.detail_updated_at} />
          </span>
          <span>
            Last seen <Ago at={host.seen_time} />
          </span>
          {refetch.note && <span role="status">{refetch.note}</span>}
        </>
      }
      actions={
        <>
          {can(me, 'queries.run_sql') && (
            <Link to="/queries/new/live" search={{ hosts: [host.id] }} className={buttonClass()}>
              <Zap aria-hidden /> Live query
            </Link>
          )}
          {can(me, 'hosts.refetch', host.team_id) && (
            <Button
              icon={<RefreshCw />}
              busy={refetch.running}
              disabled={host.status !== 'online'}
              title={host.status === 'online' ? undefined : 'The host is offline.'}
              onClick={refetch.start}
            >
              Refetch
            </Button>
          )}
          {can(me, 'hosts.transfer', host.team_id) && <TransferButton host={host} />}
          {can(me, 'hosts.delete', host.team_id) && (
            <Button icon={<Trash2 />} onClick={() => setDeleting(true)}>
              Delete
            </Button>
          )}
        </>
      }
    >
      {host.warnings?.map((warning) => (
        <Banner key={warning} kind="warn">
          {warning}
        </Banner>
      ))}
      {tabs}
      {children}
      {deleting && (
        <ConfirmDialog
          title={`Delete ${name}?`}
          action="Delete host"
          onClose={() => setDeleting(false)}
          onConfirm={async () => {
            await hosts.remove(host.id);
            toast.ok(`${name} was deleted.`);
            await navigate({ to: '/hosts/manage' });
            void cache.invalidateQueries({ queryKey: ['hosts'] });
          }}
        >
          <p>Its details, stored query results and label memberships are removed.</p>
          <p>If its agent still runs, it comes back at its next check-in. Stop the agent first.</p>
        </ConfirmDialog>
      )}
    </Page>
  );
}
