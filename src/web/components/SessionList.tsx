import type { UserSession } from '@/api/users';
import { exact } from '@/lib/format';
import { Button } from './Button';
import { EmptyState } from './States';
import { Ago } from './Time';
import styles from './SessionList.module.css';

/** Where somebody is signed in, or the tokens of a program; newest first. */
export function SessionList({
  sessions,
  busy,
  tokens = false,
  onEnd,
}: {
  sessions: readonly UserSession[];
  /** The session that is being ended. */
  busy: number | null;
  tokens?: boolean;
  onEnd: (id: number) => void;
}) {
  if (sessions.length === 0) {
    return (
      <EmptyState compact title={tokens ? 'No token' : 'Signed in nowhere'}>
        {tokens
          ? 'It was revoked: this account can do nothing any more.'
          : 'A session begins with the next sign-in.'}
      </EmptyState>
    );
  }
  const newest = [...sessions].sort((a, b) => b.created_at.localeCompare(a.created_at));
  return (
    <ul className={styles.list}>
      {newest.map((session) => (
        <li key={session.session_id}>
          <span>
            {tokens ? 'Made' : 'Signed in'} <Ago at={session.created_at} />
            {session.accessed_at && (
              <>
                , used <Ago at={session.accessed_at} />
              </>
            )}
          </span>
          <Button
            size="s"
            busy={busy === session.session_id}
            aria-label={`${tokens ? 'Revoke the token' : 'End the session'} of ${exact(session.created_at)}`}
            onClick={() => onEnd(session.session_id)}
          >
            {tokens ? 'Revoke' : 'End'}
          </Button>
        </li>
      ))}
    </ul>
  );
}
