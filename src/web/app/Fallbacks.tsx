import { Link, useRouter, type ErrorComponentProps } from '@tanstack/react-router';
import { Compass } from 'lucide-react';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel } from '@/components/States';

export function NotFound() {
  return (
    <Page title="Page not found" section="Not found">
      <Card flush>
        <EmptyState
          icon={<Compass />}
          title="There is no page at this address"
          action={
            <Link to="/hosts/manage" className={buttonClass({ look: 'primary' })}>
              Go to hosts
            </Link>
          }
        >
          The link may be old, or a letter may be missing.
        </EmptyState>
      </Card>
    </Page>
  );
}

/** A page failed to load or to draw, often because the server was upgraded meanwhile. */
export function PageCrash({ error, reset }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <Page title="Something went wrong" section="Error">
      <Card flush>
        <ErrorPanel
          title="This page could not be shown"
          error={{
            message: `${error instanceof Error ? error.message : String(error)}. Reloading the page may help.`,
          }}
          onRetry={() => {
            reset();
            void router.invalidate();
          }}
        />
      </Card>
    </Page>
  );
}
