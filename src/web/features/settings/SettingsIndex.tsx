import { useQuery } from '@tanstack/react-query';
import { Navigate } from '@tanstack/react-router';
import { Lock } from 'lucide-react';
import { meQuery } from '@/api/auth';
import { Card, Page } from '@/components/Page';
import { EmptyState, Skeleton } from '@/components/States';
import { can } from '@/lib/permissions';

/** `/settings`: the first page that the viewer may use. */
export function SettingsIndex() {
  const me = useQuery(meQuery).data?.user;
  if (can(me, 'config.write')) {
    return <Navigate to="/settings/organization/$section" params={{ section: 'info' }} replace />;
  }
  if (can(me, 'teams.write') || can(me, 'secrets.read')) {
    return <Navigate to="/settings/teams" replace />;
  }
  return (
    <Page title="Settings" section="Settings">
      <Card flush>
        {me ? (
          <EmptyState icon={<Lock />} title="Settings are for administrators">
            Ask an administrator of this server to change a setting, or to give you the role.
          </EmptyState>
        ) : (
          <Skeleton />
        )}
      </Card>
    </Page>
  );
}
