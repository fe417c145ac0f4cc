import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ApiError } from '@/api/client';
import { osVersionsQuery, type HostSummary } from '@/api/summary';
import { Shares } from '@/components/charts/Shares';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { topShares } from '@/lib/chart';
import { platformFamily, platformName } from '@/lib/format';

/** The families of operating systems with how many hosts each has. */
export function familyCounts(platforms: HostSummary['platforms']): Map<string, number> {
  const families = new Map<string, number>();
  for (const { platform, hosts_count } of platforms) {
    const family = platformFamily(platform);
    families.set(family, (families.get(family) ?? 0) + hosts_count);
  }
  return families;
}

export function PlatformsCard({
  summary,
  team,
}: {
  summary: HostSummary | undefined;
  team: number | undefined;
}) {
  const rows = [...familyCounts(summary?.platforms ?? [])].sort((a, b) => b[1] - a[1]);
  return (
    <Card title="Platforms">
      {!summary ? (
        <Skeleton lines={3} />
      ) : rows.length === 0 ? (
        <EmptyState compact title="No platform is known yet">
          Hosts tell it with their first details.
        </EmptyState>
      ) : (
        <Shares
          label="Hosts by platform"
          total={summary.totals_hosts_count}
          rows={rows.map(([family, value]) => ({
            key: family,
            value,
            name: (
              <Link to="/hosts/manage" search={{ platform: family, team_id: team }}>
                {platformName(family)}
              </Link>
            ),
          }))}
        />
      )}
    </Card>
  );
}

const shown = 8;

/** The two parts that the list of hosts filters by; together they are the version again. */
export function osParts(version: string): { os_name: string; os_version: string } | null {
  const space = version.indexOf(' ');
  if (space <= 0 || space === version.length - 1) return null;
  return { os_name: version.slice(0, space), os_version: version.slice(space + 1) };
}

/** The versions of operating systems. */
export function VersionsCard({
  team,
  platform,
}: {
  team: number | undefined;
  platform: string | undefined;
}) {
  const versions = useQuery(osVersionsQuery(team));
  const all = (versions.data ?? [])
    .filter((version) => !platform || platformFamily(version.platform) === platform)
    .map((version) => ({ name: version.os_version, value: version.hosts_count }));
  const total = all.reduce((sum, version) => sum + version.value, 0);
  return (
    <Card title="Operating systems">
      {versions.isPending ? (
        <Skeleton lines={5} />
      ) : versions.error ? (
        <ErrorPanel error={versions.error as ApiError} onRetry={() => void versions.refetch()} />
      ) : all.length === 0 ? (
        <EmptyState compact title="No version is known yet">
          Hosts tell it with their first details.
        </EmptyState>
      ) : (
        <Shares
          label="Hosts by version of the operating system"
          total={total}
          rows={topShares(all, shown).map((version) => {
            const parts = 'rest' in version ? null : osParts(version.name);
            return {
              key: version.name,
              value: version.value,
              name: parts ? (
                <Link to="/hosts/manage" search={{ ...parts, team_id: team }}>
                  {version.name}
                </Link>
              ) : (
                version.name
              ),
            };
          })}
        />
      )}
    </Card>
  );
}
