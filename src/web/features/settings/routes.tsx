import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { SettingsRoute } from '@/app/settingsRoute';

/** `/settings/...` of the organization and its integrations. */
export function settingsRoutes(parent: SettingsRoute) {
  const index = createRoute({
    getParentRoute: () => parent,
    path: '/',
    component: lazyRouteComponent(() => import('./SettingsIndex'), 'SettingsIndex'),
  });
  const organization = createRoute({
    getParentRoute: () => parent,
    path: '/organization/$section',
    component: lazyRouteComponent(() => import('./SectionRoutes'), 'OrganizationRoute'),
  });
  const integrations = createRoute({
    getParentRoute: () => parent,
    path: '/integrations/$section',
    component: lazyRouteComponent(() => import('./SectionRoutes'), 'IntegrationsRoute'),
  });
  return [index, organization, integrations] as const;
}
