import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft, RefreshCw, Trash2, Zap } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { hostQuery, hosts } from '@/api/hosts';
import type { HostDetail } from '@/api/types';
import { Badge } from '@/components/Badge';
import { Button, buttonClass } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { DiskSpace } from '@/components/DiskSpace';
import { HostStatus } from '@/components/HostStatus';
import { Card, Page } from '@/components/Page';
import { Banner, EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Ago } from '@/components/Time';
import { toast } from '@/components/Toast';
import { gigabytes, text, uptime } from '@/lib/format';
import { can } from '@/lib/permissions';
import { UsersCard } from './UsersCard';
import { useRefetch } from './useRefetch';
import { vitals } from './vitals';
import styles from './Host.module.css';

interface Props {
  hostId: number;
  userSearch: string;
  onUserSearch: (text: string) => void;
}

export function HostPage({ hostId, userSearch, onUserSearch }: Props) {
  const query = useQuery({
    ...hostQuery(Number.isSafeInteger(hostId) ? hostId : 0),
    refetchInterval: 30_000,
  });
  const back = (
    <Link to="/hosts/manage">
      <ArrowLeft aria-hidden /> Hosts
    </Link>
  );
  if (query.data) {
    return (
      <Details host={query.data} back={back} userSearch={userSearch} onUserSearch={onUserSearch} />
    );
  }
  const error = query.error as ApiError | null;
  return (
    <Page title="Host" section="Hosts" back={back}>
      <Card flush>
        {error?.status === 404 ? (
          <EmptyState
            title="This host does not exist"
            action={
              <Link to="/hosts/manage" className={buttonClass()}>
                Show all hosts
              </Link>
            }
          >
            It may have been deleted. If its agent still runs, it comes back under a new number.
          </EmptyState>
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton lines={10} />
        )}
      </Card>
    </Page>
  );
}

function Details({
  host,
  back,
  userSearch,
  onUserSearch,
}: {
  host: HostDetail;
  back: React.ReactNode;
  userSearch: string;
  onUserSearch: (text: string) => void;
}) {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const me = useQuery(meQuery).data?.user;
  const refetch = useRefetch(host);
  const [deleting, setDeleting] = useState(false);
  const name = host.display_name || host.hostname || `Host ${host.id}`;
  const labels = (host.labels ?? []).filter((label) => label.name !== 'All Hosts');

  return (
    <Page
      title={name}
      section="Hosts"
      back={back}
      facts={
        <>
          <HostStatus host={host} />
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
          {can(me, 'hosts.refetch') && (
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
          {can(me, 'hosts.delete') && (
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
      <dl className={styles.tiles}>
        <Tile name="Operating system">{text(host.os_version)}</Tile>
        <Tile name="Processor">{text(host.cpu_brand || host.cpu_type)}</Tile>
        <Tile name="Memory">{gigabytes(host.memory)}</Tile>
        <Tile name="Disk space available">
          <DiskSpace host={host} />
        </Tile>
        <Tile name="osquery">{text(host.osquery_version)}</Tile>
        <Tile name="Running for">{uptime(host.uptime)}</Tile>
      </dl>
      <div className={styles.columns}>
        <Card title="Vitals">
          <dl className={styles.vitals}>
            {vitals(host).map(([key, value]) => (
              <div key={key}>
                <dt>{key}</dt>
                <dd>{value}</dd>
              </div>
            ))}
          </dl>
        </Card>
        <div className={styles.side}>
          <Card title="Labels">
            {labels.length === 0 ? (
              <p className={styles.none}>This host has no label.</p>
            ) : (
              <ul className={styles.labels}>
                {labels.map((label) => (
                  <li key={label.id}>
                    <Link to="/hosts/manage" search={{ label_id: label.id }}>
                      <Badge tone={label.label_type === 'builtin' ? 'neutral' : 'accent'}>
                        {label.name}
                      </Badge>
                    </Link>
                  </li>
                ))}
              </ul>
            )}
          </Card>
          <UsersCard users={host.users ?? []} search={userSearch} onSearch={onUserSearch} />
        </div>
      </div>
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

function Tile({ name, children }: { name: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
