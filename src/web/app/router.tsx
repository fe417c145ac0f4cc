import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { emailChangeRoute, loginRoutes } from '@/features/login/routes';
import { settingsRoutes } from '@/features/settings/routes';
import { teamRoutes } from '@/features/teams/routes';
import { userRoutes } from '@/features/users/routes';
import { basePath } from '@/lib/base';
import { parseSearch, stringifySearch } from '@/lib/search';
import { NotFound, PageCrash } from './Fallbacks';
import { pages } from './pages';
import { redirects } from './redirects';
import { root, shell } from './roots';
import { settingsRoute } from './settingsRoute';

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('@/features/setup/SetupPage'), 'SetupPage'),
});

const nowhere = createRoute({
  getParentRoute: () => shell,
  path: '$',
  component: NotFound,
});

const settings = settingsRoute(shell);

const tree = root.addChildren([
  setup,
  ...loginRoutes(root),
  shell.addChildren([
    ...pages,
    emailChangeRoute(shell),
    settings.addChildren([
      ...settingsRoutes(settings),
      ...userRoutes(settings),
      ...teamRoutes(settings),
    ]),
    ...redirects,
    nowhere,
  ]),
]);

export const router = createRouter({
  routeTree: tree,
  basepath: basePath || '/',
  parseSearch,
  stringifySearch,
  defaultPreload: 'intent',
  defaultErrorComponent: PageCrash,
  defaultNotFoundComponent: NotFound,
  scrollRestoration: true,
});

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router;
  }
}
