import { useEffect } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { MailCheck, MailX } from 'lucide-react';
import { account } from '@/api/account';
import { ApiError } from '@/api/client';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';

const route = getRouteApi('/shell/email/change/$token');
const started = new Set<string>();

/** `/email/change/:token`: the link of the mail that proves a new address. */
export function EmailChangePage() {
  const { token } = route.useParams();
  const cache = useQueryClient();
  const confirm = useMutation({
    mutationFn: account.confirmEmail,
    onSuccess: () => cache.invalidateQueries({ queryKey: ['me'] }),
  });
  const { mutate } = confirm;
  useEffect(() => {
    // The token works once: an effect that runs twice must not use it up.
    if (started.has(token)) return;
    started.add(token);
    mutate(token);
  }, [token, mutate]);

  const toAccount = (
    <Link to="/account" className={buttonClass({ look: 'primary' })}>
      My account
    </Link>
  );
  const unknown = confirm.error instanceof ApiError && confirm.error.status < 500;
  return (
    <Page title="Email address" section="Account" narrow>
      <Card flush>
        {confirm.isSuccess ? (
          <EmptyState
            icon={<MailCheck />}
            title="Your email address was changed"
            action={toAccount}
          >
            You sign in as {confirm.data.new_email} from now on.
          </EmptyState>
        ) : unknown ? (
          <EmptyState icon={<MailX />} title="This link is no longer good" action={toAccount}>
            It works once, and only for the account that it was made for. Change the address again
            to get a new link.
          </EmptyState>
        ) : confirm.error ? (
          <ErrorPanel error={confirm.error} onRetry={() => mutate(token)} />
        ) : (
          <Skeleton lines={3} />
        )}
      </Card>
    </Page>
  );
}
