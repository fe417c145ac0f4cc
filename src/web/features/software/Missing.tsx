import type { UseQueryResult } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { ArrowLeft } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { buttonClass } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';

export function Back({ team }: { team: number | undefined }) {
  return (
    <Link to="/software/titles" search={{ team_id: team }}>
      <ArrowLeft aria-hidden /> Software
    </Link>
  );
}

/** A page of software that has not loaded, or is not there. */
export function Missing({
  query,
  team,
}: {
  query: UseQueryResult<unknown>;
  team: number | undefined;
}) {
  const error = query.error as ApiError | null;
  return (
    <Page title="Software" section="Software" back={<Back team={team} />}>
      <Card flush>
        {error?.status === 404 ? (
          <EmptyState
            title={
              team === undefined ? 'This software is not known' : 'No host of this team has it'
            }
            action={
              <Link to="/software/titles" className={buttonClass()}>
                Show all software
              </Link>
            }
          >
            Software that no host has any more is forgotten after a while.
          </EmptyState>
        ) : error ? (
          <ErrorPanel error={error} onRetry={() => void query.refetch()} />
        ) : (
          <Skeleton lines={7} />
        )}
      </Card>
    </Page>
  );
}
