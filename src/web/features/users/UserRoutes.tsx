import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { userQuery } from '@/api/users';
import { Card, Page } from '@/components/Page';
import { ErrorPanel, Skeleton } from '@/components/States';
import { EditUserPage } from './EditUserPage';
import { NewUserPage } from './NewUserPage';

const newRoute = getRouteApi('/shell/settings/users/new');
const editRoute = getRouteApi('/shell/settings/users/$userId');

/** `/settings/users/new` */
export function NewUserRoute() {
  const search = newRoute.useSearch();
  const navigate = useNavigate();
  return (
    <NewUserPage
      search={search}
      onKind={(kind) =>
        void navigate({
          to: '/settings/users/new',
          search: { ...search, kind: kind === 'account' ? undefined : kind },
          replace: true,
        })
      }
    />
  );
}

/** `/settings/users/:id` */
export function EditUserRoute() {
  const id = Number(editRoute.useParams().userId);
  const user = useQuery(userQuery(id));
  if (user.data) return <EditUserPage key={id} user={user.data} />;
  return (
    <Page
      title="User"
      section="Settings"
      back={
        <Link to="/settings/users">
          <ArrowLeft aria-hidden /> Users
        </Link>
      }
    >
      <Card flush>
        {user.error ? (
          <ErrorPanel
            title="The user could not be loaded"
            error={user.error as ApiError}
            onRetry={() => void user.refetch()}
          />
        ) : (
          <Skeleton lines={6} />
        )}
      </Card>
    </Page>
  );
}
