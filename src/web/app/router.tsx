import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Outlet,
  redirect,
} from '@tanstack/react-router';
import { meQuery } from '@/api/auth';
import { session } from '@/api/session';
import { hostSearch, hostsSearch } from '@/features/hosts/search';
import { liveSearch } from '@/features/live/search';
import { emailChangeRoute, loginRoutes } from '@/features/login/routes';
import { queriesSearch, querySearch, reportSearch } from '@/features/queries/search';
import { settingsRoutes } from '@/features/settings/routes';
import { teamRoutes } from '@/features/teams/routes';
import { userRoutes } from '@/features/users/routes';
import { basePath } from '@/lib/base';
import { integer, parseSearch, stringifySearch } from '@/lib/search';
import { NotFound, PageCrash } from './Fallbacks';
import { queryClient } from './queryClient';
import { settingsRoute } from './settingsRoute';
import { Shell } from './Shell';

export const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: PageCrash,
});

const setup = createRoute({
  getParentRoute: () => root,
  path: '/setup',
  component: lazyRouteComponent(() => import('@/features/setup/SetupPage'), 'SetupPage'),
});

/** Everything that needs somebody to be signed in. */
export const shell = createRoute({
  getParentRoute: () => root,
  id: 'shell',
  component: Shell,
  beforeLoad: ({ location }) => {
    if (!session.token()) {
      const to = location.pathname === '/' ? undefined : location.href;
      throw redirect({ to: '/login', search: { return: to } });
    }
    void queryClient.prefetchQuery(meQuery);
  },
});

const home = createRoute({
  getParentRoute: () => shell,
  path: '/',
  beforeLoad: () => {
    throw redirect({ to: '/hosts/manage', replace: true });
  },
});

const hosts = createRoute({
  getParentRoute: () => shell,
  path: '/hosts/manage',
  validateSearch: hostsSearch,
  component: lazyRouteComponent(() => import('@/features/hosts/HostsRoute'), 'HostsRoute'),
});

const hostsOfLabel = createRoute({
  getParentRoute: () => shell,
  path: '/hosts/manage/labels/$labelId',
  beforeLoad: ({ params }) => {
    throw redirect({
      to: '/hosts/manage',
      search: { label_id: integer(params, 'labelId', 1) },
      replace: true,
    });
  },
});

const host = createRoute({
  getParentRoute: () => shell,
  path: '/hosts/$hostId/details',
  validateSearch: hostSearch,
  component: lazyRouteComponent(() => import('@/features/host/HostRoute'), 'HostRoute'),
});

const hostShort = createRoute({
  getParentRoute: () => shell,
  path: '/hosts/$hostId',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/hosts/$hostId/details', params, replace: true });
  },
});

const queries = createRoute({
  getParentRoute: () => shell,
  path: '/queries/manage',
  validateSearch: queriesSearch,
  component: lazyRouteComponent(() => import('@/features/queries/QueriesRoute'), 'QueriesRoute'),
});

const queryNew = createRoute({
  getParentRoute: () => shell,
  path: '/queries/new',
  validateSearch: querySearch,
  component: lazyRouteComponent(() => import('@/features/queries/QueryRoutes'), 'NewQueryRoute'),
});

const liveNew = createRoute({
  getParentRoute: () => shell,
  path: '/queries/new/live',
  validateSearch: liveSearch,
  component: lazyRouteComponent(() => import('@/features/live/LiveRoutes'), 'LiveNewRoute'),
});

const query = createRoute({
  getParentRoute: () => shell,
  path: '/queries/$queryId',
  validateSearch: reportSearch,
  component: lazyRouteComponent(() => import('@/features/queries/ReportRoute'), 'ReportRoute'),
});

const queryEdit = createRoute({
  getParentRoute: () => shell,
  path: '/queries/$queryId/edit',
  component: lazyRouteComponent(() => import('@/features/queries/QueryRoutes'), 'EditQueryRoute'),
});

const liveSaved = createRoute({
  getParentRoute: () => shell,
  path: '/queries/$queryId/live',
  validateSearch: liveSearch,
  component: lazyRouteComponent(() => import('@/features/live/LiveRoutes'), 'LiveSavedRoute'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/account/AccountPage'), 'AccountPage'),
});

const settings = settingsRoute(shell);

/** The wire's newer words lead to the same pages. */
const oldNames = [
  ['/reports/$', '/queries/'],
  ['/reports', '/queries/manage'],
  ['/queries', '/queries/manage'],
  ['/hosts', '/hosts/manage'],
  ['/dashboard', '/hosts/manage'],
  ['/profile', '/account'],
  ['/settings/fleets/$', '/settings/teams/'],
  ['/settings/fleets', '/settings/teams'],
].map(([from = '', to = '']) =>
  createRoute({
    getParentRoute: () => shell,
    path: from,
    beforeLoad: ({ location, params }) => {
      const rest = (params as { _splat?: string })._splat ?? '';
      throw redirect({ href: `${to}${rest}${location.searchStr}`, replace: true });
    },
  }),
);

const nowhere = createRoute({
  getParentRoute: () => shell,
  path: '$',
  component: NotFound,
});

const logout = createRoute({
  getParentRoute: () => shell,
  path: '/logout',
  component: lazyRouteComponent(() => import('@/features/login/LogoutPage'), 'LogoutPage'),
});

const tree = root.addChildren([
  setup,
  ...loginRoutes(root),
  shell.addChildren([
    home,
    hosts,
    hostsOfLabel,
    host,
    hostShort,
    queries,
    queryNew,
    liveNew,
    query,
    queryEdit,
    liveSaved,
    account,
    logout,
    emailChangeRoute(shell),
    settings.addChildren([
      ...settingsRoutes(settings),
      ...userRoutes(settings),
      ...teamRoutes(settings),
    ]),
    ...oldNames,
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
