import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { HostsPage } from './HostsPage';
import type { HostsSearch } from './search';

const route = getRouteApi('/shell/hosts/manage');

/** `/hosts/manage` */
export function HostsRoute() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = (part: Partial<HostsSearch>, how?: 'replace') =>
    void navigate({
      to: '/hosts/manage',
      search: { ...search, ...part },
      replace: how === 'replace',
      resetScroll: false,
    });
  return <HostsPage search={search} onSearch={change} />;
}
