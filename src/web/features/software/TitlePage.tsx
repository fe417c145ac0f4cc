import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { titleQuery, type SoftwareTitleDetail, type TitleVersion } from '@/api/software';
import { buttonClass } from '@/components/Button';
import { Shares } from '@/components/charts/Shares';
import { DataTable, type Column } from '@/components/DataTable';
import { Card, Page } from '@/components/Page';
import { EmptyState } from '@/components/States';
import { topShares } from '@/lib/chart';
import { count, empty, plural } from '@/lib/format';
import { sourceName } from '@/lib/softwareSource';
import { Vulnerabilities } from './columns';
import { Back, Missing } from './Missing';
import styles from './Software.module.css';

const route = getRouteApi('/shell/software/titles/$titleId');

/** `/software/titles/:id` */
export function TitlePage() {
  const id = Number(route.useParams().titleId);
  const { team_id: team } = route.useSearch();
  const title = useQuery(titleQuery(Number.isSafeInteger(id) ? id : 0, team));
  if (!title.data) return <Missing query={title} team={team} />;
  return <Loaded title={title.data} team={team} />;
}

function Loaded({ title, team }: { title: SoftwareTitleDetail; team: number | undefined }) {
  const versions = title.versions ?? [];
  const columns: Column<TitleVersion>[] = [
    {
      id: 'version',
      header: 'Version',
      cell: (version) => (
        <Link
          to="/software/versions/$versionId"
          params={{ versionId: String(version.id) }}
          search={{ team_id: team }}
          className={styles.name}
        >
          {version.version || empty}
        </Link>
      ),
    },
    {
      id: 'vulnerabilities',
      header: 'Vulnerabilities',
      cell: (version) => <Vulnerabilities names={version.vulnerabilities ?? []} />,
    },
    {
      id: 'hosts',
      header: 'Hosts',
      numeric: true,
      cell: (version) => (
        <Link to="/hosts/manage" search={{ software_version_id: version.id, team_id: team }}>
          {version.hosts_count === undefined ? 'Show' : count(version.hosts_count)}
        </Link>
      ),
    },
  ];
  const shares = versions
    .filter((version) => version.hosts_count !== undefined)
    .map((version) => ({ name: version.version || empty, value: version.hosts_count ?? 0 }));
  return (
    <Page
      title={title.display_name || title.name}
      section="Software"
      back={<Back team={team} />}
      facts={
        <>
          <span>{sourceName(title.source, title.extension_for)}</span>
          <span>{plural(title.hosts_count, 'host')}</span>
          <span>{plural(title.versions_count, 'version')}</span>
        </>
      }
      actions={
        <Link
          to="/hosts/manage"
          search={{ software_title_id: title.id, team_id: team }}
          className={buttonClass()}
        >
          Show hosts
        </Link>
      }
    >
      {shares.length > 1 && (
        <Card title="Versions by hosts">
          <Shares
            label="Hosts by version"
            total={shares.reduce((sum, share) => sum + share.value, 0)}
            rows={topShares(shares, 8).map((share) => ({ ...share, key: share.name }))}
          />
        </Card>
      )}
      <Card title="Versions" flush>
        {versions.length === 0 ? (
          <EmptyState compact title="No version is on any host" />
        ) : (
          <DataTable
            caption="Versions"
            columns={columns}
            rows={versions}
            rowName={(version) => version.version}
            sort={{ key: '', direction: 'asc' }}
            onSort={() => undefined}
          />
        )}
      </Card>
    </Page>
  );
}
