import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { UsersPage } from './UsersPage';
import type { UsersSearch } from './search';

const route = getRouteApi('/shell/settings/users');

/** `/settings/users` */
export function UsersRoute() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = (part: Partial<UsersSearch>, how?: 'replace') =>
    void navigate({
      to: '/settings/users',
      search: { ...search, ...part },
      replace: how === 'replace',
      resetScroll: false,
    });
  return <UsersPage search={search} onSearch={change} />;
}
