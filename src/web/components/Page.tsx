import { useEffect, type ReactNode } from 'react';
import { cx } from '@/lib/cx';
import styles from './Page.module.css';

/** Heading, its facts and actions, then the content. Sets the document title. */
export function Page({
  title,
  documentTitle,
  section,
  beside,
  back,
  facts,
  actions,
  children,
  narrow,
}: {
  title: ReactNode;
  documentTitle?: string;
  section: string;
  /** Next to the heading, as the team switcher is. */
  beside?: ReactNode;
  back?: ReactNode;
  /** Their line is there before they are: what is below must not move. */
  facts?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  narrow?: boolean;
}) {
  const name = documentTitle ?? (typeof title === 'string' ? title : section);
  useEffect(() => {
    document.title = [...new Set([name, section, 'Fleet'])].join(' | ');
  }, [name, section]);
  return (
    <div className={cx(styles.page, narrow && styles.narrow)}>
      {back && <div className={styles.back}>{back}</div>}
      <header className={styles.header}>
        <div className={styles.heading}>
          <div className={styles.titleLine}>
            <h1>{title}</h1>
            {beside}
          </div>
          {facts !== undefined && <div className={styles.facts}>{facts}</div>}
        </div>
        {actions && <div className={styles.actions}>{actions}</div>}
      </header>
      {children}
    </div>
  );
}

export function Card({
  title,
  actions,
  children,
  flush,
  className,
}: {
  title?: ReactNode;
  actions?: ReactNode;
  children: ReactNode;
  /** Content reaches the edges, as tables do. */
  flush?: boolean;
  className?: string;
}) {
  return (
    <section className={cx(styles.card, className)}>
      {(title || actions) && (
        <header className={styles.cardHeader}>
          <h2>{title}</h2>
          {actions && <div className={styles.actions}>{actions}</div>}
        </header>
      )}
      <div className={cx(!flush && styles.padded)}>{children}</div>
    </section>
  );
}
