import { createRoute, redirect } from '@tanstack/react-router';
import { shell } from './roots';

/** Addresses of earlier and of other generations, and short ones, lead to the same pages. */
const moved: readonly [from: string, to: string][] = [
  ['/', '/dashboard'],
  ['/hosts', '/hosts/manage'],
  ['/queries', '/queries/manage'],
  ['/policies', '/policies/manage'],
  ['/labels', '/labels/manage'],
  ['/labels/new', '/labels/new/dynamic'],
  ['/software', '/software/titles'],
  ['/software/manage', '/software/titles'],
  ['/software/inventory', '/software/titles'],
  ['/reports', '/queries/manage'],
  ['/reports/$', '/queries/{rest}'],
  ['/schedule', '/queries/manage'],
  ['/schedule/$', '/queries/manage'],
  ['/profile', '/account'],
  ['/settings/fleets', '/settings/teams'],
  ['/settings/fleets/$', '/settings/teams/{rest}'],
  ['/users', '/settings/users'],
  ['/activities', '/activity'],
  ['/hosts/manage/labels/$labelId', '/hosts/manage?label_id={labelId}'],
  ['/hosts/$hostId/schedule', '/hosts/{hostId}/queries'],
  ['/hosts/$hostId/reports', '/hosts/{hostId}/queries'],
  ['/hosts/$hostId/reports/$queryId', '/hosts/{hostId}/queries'],
  ['/hosts/$hostId/software/inventory', '/hosts/{hostId}/software'],
  ['/dashboard/$platform', '/dashboard?platform={platform}'],
];

/** Fills `{name}` from the old address and keeps its parameters. */
export function newAddress(
  to: string,
  params: Readonly<Record<string, string | undefined>>,
  search: string,
): string {
  const path = to.replace(/\{(\w+)\}/g, (_, name: string) =>
    name === 'rest' ? (params._splat ?? '') : encodeURIComponent(params[name] ?? ''),
  );
  if (!search) return path;
  const kept = search.replace(/([?&])fleet_id=/, '$1team_id=');
  return path.includes('?') ? `${path}&${kept.slice(1)}` : `${path}${kept}`;
}

export const redirects = moved.map(([from, to]) =>
  createRoute({
    getParentRoute: () => shell,
    path: from,
    beforeLoad: ({ location, params }) => {
      const known = params as Record<string, string | undefined>;
      throw redirect({ href: newAddress(to, known, location.searchStr), replace: true });
    },
  }),
);
