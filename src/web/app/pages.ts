import { createRoute, lazyRouteComponent, redirect } from '@tanstack/react-router';
import { activitySearch } from '@/features/activity/search';
import { dashboardSearch } from '@/features/dashboard/search';
import { hostDetailsSearch, hostSoftwareSearch, hostTabSearch } from '@/features/host/search';
import { hostsSearch } from '@/features/hosts/search';
import { labelSearch, labelsSearch } from '@/features/labels/search';
import { liveSearch } from '@/features/live/search';
import { policiesSearch, policyNewSearch, policySearch } from '@/features/policies/search';
import { queriesSearch, querySearch, reportSearch } from '@/features/queries/search';
import { softwareItemSearch, softwareSearch } from '@/features/software/search';
import { shell } from './roots';

const dashboard = createRoute({
  getParentRoute: () => shell,
  path: '/dashboard',
  validateSearch: dashboardSearch,
  component: lazyRouteComponent(
    () => import('@/features/dashboard/DashboardPage'),
    'DashboardPage',
  ),
});

const activity = createRoute({
  getParentRoute: () => shell,
  path: '/activity',
  validateSearch: activitySearch,
  component: lazyRouteComponent(() => import('@/features/activity/ActivityPage'), 'ActivityPage'),
});

const hosts = createRoute({
  getParentRoute: () => shell,
  path: '/hosts/manage',
  validateSearch: hostsSearch,
  component: lazyRouteComponent(() => import('@/features/hosts/HostsRoute'), 'HostsRoute'),
});

/** The head of a host and its tabs; each tab is a page of its own below it. */
const host = createRoute({
  getParentRoute: () => shell,
  path: '/hosts/$hostId',
  component: lazyRouteComponent(() => import('@/features/host/HostRoute'), 'HostRoute'),
});

const hostIndex = createRoute({
  getParentRoute: () => host,
  path: '/',
  beforeLoad: ({ params }) => {
    throw redirect({ to: '/hosts/$hostId/details', params, replace: true });
  },
});

const hostDetails = createRoute({
  getParentRoute: () => host,
  path: '/details',
  validateSearch: hostDetailsSearch,
  component: lazyRouteComponent(() => import('@/features/host/DetailsTab'), 'DetailsTab'),
});

const hostSoftware = createRoute({
  getParentRoute: () => host,
  path: '/software',
  validateSearch: hostSoftwareSearch,
  component: lazyRouteComponent(() => import('@/features/host/SoftwareTab'), 'SoftwareTab'),
});

const hostQueries = createRoute({
  getParentRoute: () => host,
  path: '/queries',
  validateSearch: hostTabSearch,
  component: lazyRouteComponent(() => import('@/features/host/QueriesTab'), 'QueriesTab'),
});

const hostPolicies = createRoute({
  getParentRoute: () => host,
  path: '/policies',
  component: lazyRouteComponent(() => import('@/features/host/PoliciesTab'), 'PoliciesTab'),
});

const hostActivity = createRoute({
  getParentRoute: () => host,
  path: '/activity',
  validateSearch: hostTabSearch,
  component: lazyRouteComponent(() => import('@/features/host/ActivityTab'), 'ActivityTab'),
});

const labels = createRoute({
  getParentRoute: () => shell,
  path: '/labels/manage',
  validateSearch: labelsSearch,
  component: lazyRouteComponent(() => import('@/features/labels/LabelsPage'), 'LabelsPage'),
});

const labelNew = createRoute({
  getParentRoute: () => shell,
  path: '/labels/new/$kind',
  validateSearch: labelSearch,
  component: lazyRouteComponent(() => import('@/features/labels/LabelRoutes'), 'NewLabelRoute'),
});

const label = createRoute({
  getParentRoute: () => shell,
  path: '/labels/$labelId',
  component: lazyRouteComponent(() => import('@/features/labels/LabelRoutes'), 'EditLabelRoute'),
});

const softwareTitles = createRoute({
  getParentRoute: () => shell,
  path: '/software/titles',
  validateSearch: softwareSearch,
  component: lazyRouteComponent(() => import('@/features/software/SoftwareRoutes'), 'TitlesRoute'),
});

const softwareVersions = createRoute({
  getParentRoute: () => shell,
  path: '/software/versions',
  validateSearch: softwareSearch,
  component: lazyRouteComponent(
    () => import('@/features/software/SoftwareRoutes'),
    'VersionsRoute',
  ),
});

const softwareTitle = createRoute({
  getParentRoute: () => shell,
  path: '/software/titles/$titleId',
  validateSearch: softwareItemSearch,
  component: lazyRouteComponent(() => import('@/features/software/TitlePage'), 'TitlePage'),
});

const softwareVersion = createRoute({
  getParentRoute: () => shell,
  path: '/software/versions/$versionId',
  validateSearch: softwareItemSearch,
  component: lazyRouteComponent(() => import('@/features/software/VersionPage'), 'VersionPage'),
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

const policies = createRoute({
  getParentRoute: () => shell,
  path: '/policies/manage',
  validateSearch: policiesSearch,
  component: lazyRouteComponent(() => import('@/features/policies/PoliciesPage'), 'PoliciesPage'),
});

const policyNew = createRoute({
  getParentRoute: () => shell,
  path: '/policies/new',
  validateSearch: policyNewSearch,
  component: lazyRouteComponent(() => import('@/features/policies/PolicyRoutes'), 'NewPolicyRoute'),
});

const policy = createRoute({
  getParentRoute: () => shell,
  path: '/policies/$policyId',
  validateSearch: policySearch,
  component: lazyRouteComponent(() => import('@/features/policies/PolicyPage'), 'PolicyPage'),
});

const policyEdit = createRoute({
  getParentRoute: () => shell,
  path: '/policies/$policyId/edit',
  component: lazyRouteComponent(
    () => import('@/features/policies/PolicyRoutes'),
    'EditPolicyRoute',
  ),
});

const policyLive = createRoute({
  getParentRoute: () => shell,
  path: '/policies/$policyId/live',
  validateSearch: liveSearch,
  component: lazyRouteComponent(() => import('@/features/live/LiveRoutes'), 'LivePolicyRoute'),
});

const account = createRoute({
  getParentRoute: () => shell,
  path: '/account',
  component: lazyRouteComponent(() => import('@/features/account/AccountPage'), 'AccountPage'),
});

const logout = createRoute({
  getParentRoute: () => shell,
  path: '/logout',
  component: lazyRouteComponent(() => import('@/features/login/LogoutPage'), 'LogoutPage'),
});

export const pages = [
  dashboard,
  activity,
  hosts,
  host.addChildren([hostIndex, hostDetails, hostSoftware, hostQueries, hostPolicies, hostActivity]),
  labels,
  labelNew,
  label,
  softwareTitles,
  softwareVersions,
  softwareTitle,
  softwareVersion,
  queries,
  queryNew,
  liveNew,
  query,
  queryEdit,
  liveSaved,
  policies,
  policyNew,
  policy,
  policyEdit,
  policyLive,
  account,
  logout,
] as const;
