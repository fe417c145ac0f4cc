import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { SettingsRoute } from '@/app/settingsRoute';
import { newUserSearch, usersSearch } from './search';

/** `/settings/users...` */
export function userRoutes(parent: SettingsRoute) {
  const list = createRoute({
    getParentRoute: () => parent,
    path: '/users',
    validateSearch: usersSearch,
    component: lazyRouteComponent(() => import('./UsersRoute'), 'UsersRoute'),
  });
  const create = createRoute({
    getParentRoute: () => parent,
    path: '/users/new',
    validateSearch: newUserSearch,
    component: lazyRouteComponent(() => import('./UserRoutes'), 'NewUserRoute'),
  });
  const edit = createRoute({
    getParentRoute: () => parent,
    path: '/users/$userId',
    component: lazyRouteComponent(() => import('./UserRoutes'), 'EditUserRoute'),
  });
  return [list, create, edit] as const;
}
