import { useEffect, type ReactNode } from 'react';
import { cx } from '@/lib/cx';
import { Logo } from './Logo';
import styles from './Frame.module.css';

/** The centred card of the pages before sign-in. */
export function Frame({
  title,
  children,
  below,
  wide,
}: {
  title: string;
  children: ReactNode;
  below?: ReactNode;
  wide?: boolean;
}) {
  useEffect(() => {
    document.title = `${title} | Fleet`;
  }, [title]);
  return (
    <main className={styles.outer}>
      <div className={styles.brand}>
        <Logo size={34} />
        <span>Fleet</span>
      </div>
      <section className={cx(styles.card, wide && styles.wide)} aria-labelledby="frame-title">
        <h1 id="frame-title">{title}</h1>
        {children}
      </section>
      {below && <div className={styles.below}>{below}</div>}
    </main>
  );
}
