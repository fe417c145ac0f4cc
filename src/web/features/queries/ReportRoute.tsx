import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { ReportPage } from './ReportPage';

const route = getRouteApi('/shell/queries/$queryId');

/** `/queries/:id` */
export function ReportRoute() {
  const { queryId } = route.useParams();
  const search = route.useSearch();
  const navigate = useNavigate();
  return (
    <ReportPage
      key={queryId}
      queryId={Number(queryId)}
      sort={
        search.order_key === undefined
          ? null
          : { column: search.order_key, direction: search.order_direction ?? 'asc' }
      }
      onSort={(sort) =>
        void navigate({
          to: '/queries/$queryId',
          params: { queryId },
          search: {
            order_key: sort?.column,
            order_direction: sort?.direction === 'desc' ? 'desc' : undefined,
          },
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
