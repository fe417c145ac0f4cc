import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { versionQuery } from '@/api/software';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { EmptyState } from '@/components/States';
import { plural, text } from '@/lib/format';
import { sourceName } from '@/lib/softwareSource';
import { Back, Missing } from './Missing';
import styles from './Software.module.css';

const route = getRouteApi('/shell/software/versions/$versionId');

/** `/software/versions/:id` */
export function VersionPage() {
  const id = Number(route.useParams().versionId);
  const { team_id: team } = route.useSearch();
  const query = useQuery(versionQuery(Number.isSafeInteger(id) ? id : 0, team));
  const software = query.data;
  if (!software) return <Missing query={query} team={team} />;
  const known = software.vulnerabilities ?? [];
  return (
    <Page
      title={`${software.name} ${software.version}`}
      section="Software"
      back={<Back team={team} />}
      actions={
        <Link
          to="/hosts/manage"
          search={{ software_version_id: software.id, team_id: team }}
          className={buttonClass()}
        >
          Show hosts
        </Link>
      }
    >
      <Card>
        <dl className={styles.facts}>
          <div>
            <dt>Hosts</dt>
            <dd>{plural(software.hosts_count, 'host')}</dd>
          </div>
          <div>
            <dt>Type</dt>
            <dd>{sourceName(software.source, software.extension_for)}</dd>
          </div>
          <div>
            <dt>Vendor</dt>
            <dd>{text(software.vendor)}</dd>
          </div>
        </dl>
      </Card>
      {known.length > 0 && (
        <Card title="Vulnerabilities">
          <ul className={styles.cves}>
            {known.map(({ cve }) => (
              <li key={cve}>
                <Link to="/hosts/manage" search={{ vulnerability: cve, team_id: team }}>
                  {cve}
                </Link>
              </li>
            ))}
          </ul>
        </Card>
      )}
      {software.hosts_count === 0 && (
        <Card flush>
          <EmptyState compact title="No host has this version now">
            It stays listed for a while after the last host has updated.
          </EmptyState>
        </Card>
      )}
    </Page>
  );
}
