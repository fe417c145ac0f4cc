import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { Card } from '@/components/Page';
import { DiskSpace } from '@/components/DiskSpace';
import { gigabytes, text, uptime } from '@/lib/format';
import { useHost } from './HostRoute';
import { LabelsCard } from './LabelsCard';
import { UsersCard } from './UsersCard';
import { vitals } from './vitals';
import styles from './Host.module.css';

const route = getRouteApi('/shell/hosts/$hostId/details');

/** `/hosts/:id/details` */
export function DetailsTab() {
  const { hostId } = route.useParams();
  const { users } = route.useSearch();
  const navigate = useNavigate();
  const host = useHost();
  if (!host) return null;
  return (
    <>
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
          <LabelsCard host={host} />
          <UsersCard
            users={host.users ?? []}
            search={users ?? ''}
            onSearch={(text) =>
              void navigate({
                to: '/hosts/$hostId/details',
                params: { hostId },
                search: { users: text || undefined },
                replace: true,
                resetScroll: false,
              })
            }
          />
        </div>
      </div>
    </>
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
