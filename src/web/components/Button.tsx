import type { ComponentProps, ReactNode } from 'react';
import { cx } from '@/lib/cx';
import styles from './Button.module.css';

interface Look {
  look?: 'primary' | 'secondary' | 'quiet' | 'danger';
  size?: 'm' | 's';
  icon?: ReactNode;
  busy?: boolean;
}

export function buttonClass({ look = 'secondary', size = 'm' }: Look = {}): string {
  return cx(styles.button, styles[look], size === 's' && styles.small);
}

/** While `busy`, the button keeps its width, shows that it works, and ignores clicks. */
export function Button({
  look,
  size,
  icon,
  busy = false,
  children,
  className,
  disabled,
  ...rest
}: Look & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className={cx(buttonClass({ look, size }), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
      {...rest}
    >
      {busy ? <span className={styles.spinner} aria-hidden /> : icon}
      {children}
    </button>
  );
}

export function IconButton({
  label,
  children,
  className,
  ...rest
}: { label: string } & ComponentProps<'button'>) {
  return (
    <button
      type="button"
      className={cx(styles.iconButton, className)}
      aria-label={label}
      title={label}
      {...rest}
    >
      {children}
    </button>
  );
}
