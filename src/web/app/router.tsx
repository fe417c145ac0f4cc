import { createRoute, createRouter, lazyRouteComponent } from '@tanstack/react-router';
import { basePath } from '@/lib/base';
import { parseSearch, string, stringifySearch } from '@/lib/search';
import { NotFound, PageCrash } from './Fallbacks';
import { pages } from './pages';
import { redirects } from './redirects';
import { root, shell } from './roots';

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('@/features/setup/SetupPage'), 'SetupPage'),
});

const login = createRoute({
  getParentRoute: () => root,
  path: '/login',
  validateSearch: (raw: Record<string, unknown>): { return?: string } => {
    const to = string(raw, 'return');
    // Only paths of our own: a link must not be able to send people elsewhere after sign-in.
    return { return: to && /^\/(?![/\\])/.test(to) ? to : undefined };
  },
  component: lazyRouteComponent(() => import('@/features/login/LoginRoute'), 'LoginRoute'),
});

const forcedReset = createRoute({
  getParentRoute: () => root,
  path: '/login/reset',
  component: lazyRouteComponent(() => import('@/features/login/ResetPage'), 'ResetPage'),
});

const nowhere = createRoute({
  getParentRoute: () => shell,
  path: '$',
  component: NotFound,
});

const tree = root.addChildren([
  setup,
  login,
  forcedReset,
  shell.addChildren([...pages, ...redirects, nowhere]),
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
