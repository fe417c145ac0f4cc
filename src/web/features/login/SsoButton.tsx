import { useMutation } from '@tanstack/react-query';
import { KeyRound } from 'lucide-react';
import { auth, type SsoSettings } from '@/api/auth';
import { Button } from '@/components/Button';
import { FormError } from '@/components/Field';
import { basePath } from '@/lib/base';
import { isWebAddress } from '@/lib/fields';
import styles from './Login.module.css';

/** Sends the browser to the identity provider, which sends it back to where it was going. */
export function SsoButton({
  settings,
  returnTo,
}: {
  settings: SsoSettings;
  returnTo?: string | undefined;
}) {
  const start = useMutation({
    mutationFn: () => auth.startSso(`${basePath}${returnTo ?? '/'}`),
    onSuccess: ({ url }) => {
      // What the server says is checked all the same: a script must never be an address.
      if (isWebAddress(url)) window.location.assign(url);
    },
  });
  return (
    <div className={styles.sso}>
      <div className={styles.or}>or</div>
      <FormError>{start.error?.message}</FormError>
      <Button
        busy={start.isPending}
        icon={
          settings.idp_image_url ? (
            <img src={settings.idp_image_url} alt="" className={styles.image} />
          ) : (
            <KeyRound />
          )
        }
        onClick={() => start.mutate()}
      >
        Sign in with {settings.idp_name || 'single sign-on'}
      </Button>
    </div>
  );
}
