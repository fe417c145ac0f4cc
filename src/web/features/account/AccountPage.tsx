import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import { meQuery, versionQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { ErrorPanel, Skeleton } from '@/components/States';
import { ApiTokens } from './ApiTokens';
import { Appearance } from './Appearance';
import { EmailForm } from './EmailForm';
import { OwnSessions } from './OwnSessions';
import { PasswordForm } from './PasswordForm';
import { ProfileForm } from './ProfileForm';
import styles from './Account.module.css';

/** `/account` */
export function AccountPage() {
  const me = useQuery(meQuery);
  const version = useQuery(versionQuery);
  const user = me.data?.user;
  return (
    <Page
      title="My account"
      section="Account"
      narrow
      actions={
        <Link to="/logout" preload={false} className={buttonClass()}>
          <LogOut aria-hidden /> Sign out
        </Link>
      }
    >
      {me.error && <ErrorPanel error={me.error as ApiError} onRetry={() => void me.refetch()} />}
      {me.isPending && <Skeleton />}
      {user && (
        <>
          <Card title="About you">
            <ProfileForm user={user} />
          </Card>
          <Card title="Email address">
            <EmailForm user={user} />
          </Card>
          {!user.sso_enabled && (
            <Card title="Change password">
              <PasswordForm />
            </Card>
          )}
          <Card title="Appearance">
            <Appearance />
          </Card>
          <ApiTokens />
          <OwnSessions userId={user.id} />
        </>
      )}
      {version.data && <p className={styles.version}>Fleet server {version.data.version}</p>}
    </Page>
  );
}
