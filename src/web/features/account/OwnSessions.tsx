import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { LogOut } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { session } from '@/api/session';
import { users, userSessionsQuery } from '@/api/users';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { Card } from '@/components/Page';
import { SessionList } from '@/components/SessionList';
import { ErrorPanel, Skeleton } from '@/components/States';
import { toast } from '@/components/Toast';

/** Where the viewer is signed in; this page's own session is one of them. */
export function OwnSessions({ userId }: { userId: number }) {
  const cache = useQueryClient();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const sessions = useQuery(userSessionsQuery(userId));
  const end = useMutation({
    mutationFn: users.endSession,
    onSuccess: () => toast.ok('The session was ended.'),
    onError: (error) => toast.error(error),
    onSettled: () => cache.invalidateQueries({ queryKey: ['users', 'sessions', userId] }),
  });
  return (
    <Card
      title="Sessions"
      flush
      actions={
        <Button size="s" icon={<LogOut />} onClick={() => setAsking(true)}>
          Sign out everywhere
        </Button>
      }
    >
      {sessions.isPending ? (
        <Skeleton lines={2} />
      ) : sessions.error ? (
        <ErrorPanel error={sessions.error as ApiError} onRetry={() => void sessions.refetch()} />
      ) : (
        <SessionList
          sessions={sessions.data}
          busy={end.isPending ? end.variables : null}
          onEnd={(id) => end.mutate(id)}
        />
      )}
      {asking && (
        <ConfirmDialog
          title="Sign out everywhere?"
          action="End all sessions"
          onClose={() => setAsking(false)}
          onConfirm={async () => {
            await users.endSessions(userId);
            session.end();
            cache.clear();
            toast.ok('You are signed out everywhere.');
            await navigate({ to: '/login' });
          }}
        >
          <p>This ends the session of this page, too, and revokes all of your API tokens.</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
