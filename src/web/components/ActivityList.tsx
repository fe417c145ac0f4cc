import { Link } from '@tanstack/react-router';
import { Server } from 'lucide-react';
import type { Activity } from '@/api/activities';
import { activityText, impersonal, type Piece } from '@/lib/activityText';
import { Ago } from './Time';
import styles from './ActivityList.module.css';

/** What happened, newest first: one sentence each, with links to what it is about. */
export function ActivityList({ label, rows }: { label: string; rows: readonly Activity[] }) {
  return (
    <ol className={styles.list} aria-label={label}>
      {rows.map((activity) => (
        <Row key={activity.id} activity={activity} />
      ))}
    </ol>
  );
}

function Row({ activity }: { activity: Activity }) {
  const details = activity.details ?? {};
  const alone = impersonal.has(activity.type);
  const actor = activity.actor_full_name || activity.actor_email || '';
  return (
    <li className={styles.row}>
      <span className={styles.avatar} aria-hidden>
        {actor && !alone ? initials(actor) : <Server />}
      </span>
      <div className={styles.text}>
        <p>
          {!alone && <strong title={activity.actor_email ?? undefined}>{actor || 'Fleet'} </strong>}
          {activityText(activity.type, details).map((piece, index) => (
            <PieceView key={index} piece={piece} />
          ))}
        </p>
        <More details={details} />
        <small>
          <Ago at={activity.created_at} />
        </small>
      </div>
    </li>
  );
}

function PieceView({ piece }: { piece: Piece }) {
  if (typeof piece === 'string') return <>{piece}</>;
  if (piece.kind === 'name' || piece.id === null) return <strong>{piece.name}</strong>;
  const id = String(piece.id);
  switch (piece.kind) {
    case 'host':
      return (
        <Link to="/hosts/$hostId/details" params={{ hostId: id }}>
          {piece.name}
        </Link>
      );
    case 'policy':
      return (
        <Link to="/policies/$policyId" params={{ policyId: id }}>
          {piece.name}
        </Link>
      );
    case 'query':
      return (
        <Link to="/queries/$queryId" params={{ queryId: id }}>
          {piece.name}
        </Link>
      );
    case 'label':
      return (
        <Link to="/hosts/manage" search={{ label_id: piece.id }}>
          {piece.name}
        </Link>
      );
    case 'team':
      return (
        <Link to="/hosts/manage" search={{ team_id: piece.id }}>
          {piece.name}
        </Link>
      );
  }
}

/** Facts that the sentence has no room for, folded away. */
function More({ details }: { details: Readonly<Record<string, unknown>> }) {
  const sql = typeof details.query_sql === 'string' ? details.query_sql : null;
  const others = Object.entries(details).filter(
    ([key, value]) =>
      value !== null && value !== '' && key !== 'query_sql' && !/^fleet(_|s$|$)/.test(key),
  );
  if (!sql && others.length === 0) return null;
  return (
    <details className={styles.more}>
      <summary>Details</summary>
      {sql && <pre tabIndex={0}>{sql}</pre>}
      {others.length > 0 && (
        <dl>
          {others.map(([key, value]) => (
            <div key={key}>
              <dt>{key.replaceAll('_', ' ')}</dt>
              <dd>{typeof value === 'object' ? JSON.stringify(value) : String(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </details>
  );
}

function initials(name: string): string {
  const words = name.split(/[\s@.]+/).filter(Boolean);
  return ((words[0]?.[0] ?? '') + (words[1]?.[0] ?? '')).toUpperCase();
}
