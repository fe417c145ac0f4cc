import type { ReactNode } from 'react';
import { CircleAlert, RotateCw } from 'lucide-react';
import { cx } from '@/lib/cx';
import { Button } from './Button';
import styles from './States.module.css';

/** What to say, and to do next, when there is nothing to show. */
export function EmptyState({
  icon,
  title,
  children,
  action,
  compact,
}: {
  icon?: ReactNode;
  title: string;
  children?: ReactNode;
  action?: ReactNode;
  compact?: boolean;
}) {
  return (
    <div className={cx(styles.empty, compact && styles.compact)}>
      {icon && <div className={styles.icon}>{icon}</div>}
      <h2>{title}</h2>
      {children && <div className={styles.text}>{children}</div>}
      {action && <div className={styles.action}>{action}</div>}
    </div>
  );
}

interface Failure {
  message: string;
  requestId?: string | null;
}

/** A failed part of a page; the rest of the page lives on. */
export function ErrorPanel({
  title = 'This could not be loaded',
  error,
  onRetry,
}: {
  title?: string;
  error: Failure;
  onRetry?: () => void;
}) {
  return (
    <div role="alert" className={styles.error}>
      <CircleAlert aria-hidden />
      <div>
        <h2>{title}</h2>
        <p>{error.message}</p>
        {error.requestId && (
          <p className={styles.request}>
            Request <code>{error.requestId}</code>
          </p>
        )}
        {onRetry && (
          <Button size="s" icon={<RotateCw />} onClick={onRetry}>
            Try again
          </Button>
        )}
      </div>
    </div>
  );
}

/** Grey bars in the shape of what is coming. */
export function Skeleton({ lines = 4 }: { lines?: number }) {
  return (
    <div className={styles.skeleton} role="status" aria-label="Loading">
      {Array.from({ length: lines }, (_, i) => (
        <span key={i} style={{ width: `${92 - ((i * 17) % 45)}%` }} />
      ))}
    </div>
  );
}

/** Standing advice on top of a page. */
export function Banner({
  kind = 'info',
  children,
  action,
}: {
  kind?: 'info' | 'warn' | 'bad';
  children: ReactNode;
  action?: ReactNode;
}) {
  return (
    <div className={cx(styles.banner, styles[kind])} role={kind === 'bad' ? 'alert' : undefined}>
      <div>{children}</div>
      {action}
    </div>
  );
}
