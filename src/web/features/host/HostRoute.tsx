import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { HostPage } from './HostPage';

const route = getRouteApi('/shell/hosts/$hostId/details');

/** `/hosts/:id/details` */
export function HostRoute() {
  const { hostId } = route.useParams();
  const { users } = route.useSearch();
  const navigate = useNavigate();
  return (
    <HostPage
      key={hostId}
      hostId={Number(hostId)}
      userSearch={users ?? ''}
      onUserSearch={(text) =>
        void navigate({
          to: '/hosts/$hostId/details',
          params: { hostId },
          search: { users: text || undefined },
          replace: true,
          resetScroll: false,
        })
      }
    />
  );
}
