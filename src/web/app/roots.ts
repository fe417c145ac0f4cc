import { createRootRoute, createRoute, Outlet, redirect } from '@tanstack/react-router';
import { meQuery } from '@/api/auth';
import { session } from '@/api/session';
import { NotFound, PageCrash } from './Fallbacks';
import { queryClient } from './queryClient';
import { Shell } from './Shell';

export const root = createRootRoute({
  component: Outlet,
  notFoundComponent: NotFound,
  errorComponent: PageCrash,
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
