import { Link } from '@tanstack/react-router';
import type { SoftwareTitle, SoftwareVersion } from '@/api/software';
import { Badge } from '@/components/Badge';
import type { Column } from '@/components/DataTable';
import { count, empty } from '@/lib/format';
import { sourceName } from '@/lib/softwareSource';
import styles from './Software.module.css';

/** One version by name, several by number. */
function versionsText(title: SoftwareTitle): string {
  const only = title.versions?.length === 1 ? title.versions[0]?.version : undefined;
  if (only !== undefined) return only || empty;
  return title.versions_count > 0 ? `${count(title.versions_count)} versions` : empty;
}

export function Vulnerabilities({ names }: { names: readonly string[] }) {
  if (names.length === 0) return <>{empty}</>;
  return (
    <Badge tone="bad" title={names.join(', ')}>
      {count(names.length)}
    </Badge>
  );
}

export function titleColumns(team: number | undefined): readonly Column<SoftwareTitle>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortKey: 'name',
      maxWidth: '420px',
      cell: (title) => (
        <Link
          to="/software/titles/$titleId"
          params={{ titleId: String(title.id) }}
          search={{ team_id: team }}
          className={styles.name}
          title={title.name}
        >
          {title.display_name || title.name}
        </Link>
      ),
    },
    { id: 'version', header: 'Version', cell: versionsText },
    { id: 'type', header: 'Type', cell: (title) => sourceName(title.source, title.extension_for) },
    {
      id: 'vulnerabilities',
      header: 'Vulnerabilities',
      cell: (title) => (
        <Vulnerabilities
          names={[...new Set((title.versions ?? []).flatMap((each) => each.vulnerabilities ?? []))]}
        />
      ),
    },
    {
      id: 'hosts',
      header: 'Hosts',
      sortKey: 'hosts_count',
      numeric: true,
      cell: (title) => (
        <Link
          to="/hosts/manage"
          search={{ software_title_id: title.id, team_id: team }}
          aria-label={`${count(title.hosts_count)} hosts with ${title.name}`}
        >
          {count(title.hosts_count)}
        </Link>
      ),
    },
  ];
}

export function versionColumns(team: number | undefined): readonly Column<SoftwareVersion>[] {
  return [
    {
      id: 'name',
      header: 'Name',
      sortKey: 'name',
      maxWidth: '420px',
      cell: (software) => (
        <Link
          to="/software/versions/$versionId"
          params={{ versionId: String(software.id) }}
          search={{ team_id: team }}
          className={styles.name}
          title={software.name}
        >
          {software.name}
        </Link>
      ),
    },
    { id: 'version', header: 'Version', cell: (software) => software.version || empty },
    {
      id: 'type',
      header: 'Type',
      cell: (software) => sourceName(software.source, software.extension_for),
    },
    { id: 'vendor', header: 'Vendor', cell: (software) => software.vendor || empty },
    {
      id: 'vulnerabilities',
      header: 'Vulnerabilities',
      cell: (software) => (
        <Vulnerabilities names={(software.vulnerabilities ?? []).map((each) => each.cve)} />
      ),
    },
    {
      id: 'hosts',
      header: 'Hosts',
      sortKey: 'hosts_count',
      numeric: true,
      cell: (software) => (
        <Link
          to="/hosts/manage"
          search={{ software_version_id: software.id, team_id: team }}
          aria-label={`${count(software.hosts_count)} hosts with ${software.name} ${software.version}`}
        >
          {count(software.hosts_count)}
        </Link>
      ),
    },
  ];
}
