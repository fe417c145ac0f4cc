import { createRoute, lazyRouteComponent } from '@tanstack/react-router';
import type { root, shell } from '@/app/roots';
import { inviteSearch, loginSearch, resetSearch } from './search';

/** Everything that can be seen without being signed in. */
export function loginRoutes(parent: typeof root) {
  const login = createRoute({
    getParentRoute: () => parent,
    path: '/login',
    validateSearch: loginSearch,
    component: lazyRouteComponent(() => import('./LoginRoute'), 'LoginRoute'),
  });
  const forgot = createRoute({
    getParentRoute: () => parent,
    path: '/login/forgot',
    component: lazyRouteComponent(() => import('./ForgotPage'), 'ForgotPage'),
  });
  const reset = createRoute({
    getParentRoute: () => parent,
    path: '/login/reset',
    validateSearch: resetSearch,
    component: lazyRouteComponent(() => import('./ResetPage'), 'ResetPage'),
  });
  const mfa = createRoute({
    getParentRoute: () => parent,
    path: '/login/mfa/$token',
    component: lazyRouteComponent(() => import('./MfaPage'), 'MfaPage'),
  });
  const invite = createRoute({
    getParentRoute: () => parent,
    path: '/login/invites/$token',
    validateSearch: inviteSearch,
    component: lazyRouteComponent(() => import('./InvitePages'), 'InvitePage'),
  });
  const ssoInvite = createRoute({
    getParentRoute: () => parent,
    path: '/login/ssoinvites/$token',
    validateSearch: inviteSearch,
    component: lazyRouteComponent(() => import('./InvitePages'), 'SsoInvitePage'),
  });
  const denied = createRoute({
    getParentRoute: () => parent,
    path: '/login/denied',
    component: lazyRouteComponent(() => import('./SmallPages'), 'DeniedPage'),
  });
  const apiOnly = createRoute({
    getParentRoute: () => parent,
    path: '/apionlyuser',
    component: lazyRouteComponent(() => import('./SmallPages'), 'ApiOnlyPage'),
  });
  return [login, forgot, reset, mfa, invite, ssoInvite, denied, apiOnly] as const;
}

/** The link in the mail that confirms a new address: for whoever is signed in. */
export function emailChangeRoute(parent: typeof shell) {
  return createRoute({
    getParentRoute: () => parent,
    path: '/email/change/$token',
    component: lazyRouteComponent(() => import('./EmailChangePage'), 'EmailChangePage'),
  });
}
