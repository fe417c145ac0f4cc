import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { shell } from './roots';

/** `/settings`: everything below it stands beside the settings' navigation. */
export function settingsRoute(parent: typeof shell) {
  return createRoute({
    getParentRoute: () => parent,
    path: '/settings',
    component: lazyRouteComponent(() => import('./SettingsLayout'), 'SettingsLayout'),
  });
}

export type SettingsRoute = ReturnType<typeof settingsRoute>;
