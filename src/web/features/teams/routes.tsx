import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { SettingsRoute } from '@/app/settingsRoute';
import { teamPageSearch, teamsSearch } from './search';

/** `/settings/teams...` */
export function teamRoutes(parent: SettingsRoute) {
  const list = createRoute({
    getParentRoute: () => parent,
    path: '/teams',
    validateSearch: teamsSearch,
    component: lazyRouteComponent(() => import('./TeamsRoute'), 'TeamsRoute'),
  });
  const team = createRoute({
    getParentRoute: () => parent,
    path: '/teams/$tab',
    validateSearch: teamPageSearch,
    component: lazyRouteComponent(() => import('./TeamRoute'), 'TeamRoute'),
  });
  return [list, team] as const;
}
