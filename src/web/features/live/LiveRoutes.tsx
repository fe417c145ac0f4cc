import { getRouteApi } from '@tanstack/react-router';
import { LivePage } from './LivePage';

const newRoute = getRouteApi('/shell/queries/new/live');
const savedRoute = getRouteApi('/shell/queries/$queryId/live');

/** `/queries/new/live` */
export function LiveNewRoute() {
  return <LivePage search={newRoute.useSearch()} />;
}

/** `/queries/:id/live` */
export function LiveSavedRoute() {
  const { queryId } = savedRoute.useParams();
  return <LivePage key={queryId} queryId={Number(queryId)} search={savedRoute.useSearch()} />;
}
