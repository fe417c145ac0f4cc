import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { QueriesPage } from './QueriesPage';
import type { QueriesSearch } from './search';

const route = getRouteApi('/shell/queries/manage');

/** `/queries/manage` */
export function QueriesRoute() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = (part: Partial<QueriesSearch>, how?: 'replace') =>
    void navigate({
      to: '/queries/manage',
      search: { ...search, ...part },
      replace: how === 'replace',
      resetScroll: false,
    });
  return <QueriesPage search={search} onSearch={change} />;
}
