import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { TeamsPage } from './TeamsPage';
import type { TeamsSearch } from './search';

const route = getRouteApi('/shell/settings/teams');

/** `/settings/teams` */
export function TeamsRoute() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const change = (part: Partial<TeamsSearch>, how?: 'replace') =>
    void navigate({
      to: '/settings/teams',
      search: { ...search, ...part },
      replace: how === 'replace',
      resetScroll: false,
    });
  return <TeamsPage search={search} onSearch={change} />;
}
