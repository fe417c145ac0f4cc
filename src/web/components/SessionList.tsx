import { exact } from '@/lib/format';
import { Button } from './Button';
import { EmptyState } from './States';
import { Ago } from './Time';
import styles from './SessionList.module.css';

interface Session {
  session_id: number;
  created_at: string;
  accessed_at?: string;
}

/** Where somebody is signed in, newest first. */
export function SessionList({
  sessions,
  busy,
  onEnd,
}: {
  sessions: readonly Session[];
  /** The session that is being ended. */
  busy: number | null;
  onEnd: (id: number) => void;
}) {
  if (sessions.length === 0) {
    return (
      <EmptyState compact title="Signed in nowhere">
        A session begins with the next sign-in.
      </EmptyState>
    );
  }
  const newest = [...sessions].sort((a, b) => b.created_at.localeCompare(a.created_at));
  return (
    <ul className={styles.list}>
      {newest.map((session) => (
        <li key={session.session_id}>
          <span>
            Signed in <Ago at={session.created_at} />
            {session.accessed_at && (
              <>
                , used <Ago at={session.accessed_at} />
              </>
            )}
          </span>
          <Button
            size="s"
            busy={busy === session.session_id}
            aria-label={`End the session of ${exact(session.created_at)}`}
            onClick={() => onEnd(session.session_id)}
          >
            End
          </Button>
        </li>
      ))}
    </ul>
  );
}
