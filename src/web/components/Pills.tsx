import type { ReactNode } from 'react';
import { X } from 'lucide-react';
import styles from './Pills.module.css';

/** The filters in force, each with its own way out. */
export function Pills({ label, children }: { label: string; children: ReactNode }) {
  return (
    <ul className={styles.pills} aria-label={label}>
      {children}
    </ul>
  );
}

export function Pill({
  name,
  children,
  onRemove,
}: {
  /** What kind of filter it is. */
  name: string;
  /** Its value, which may be a control. */
  children: ReactNode;
  onRemove: () => void;
}) {
  return (
    <li className={styles.pill}>
      <span className={styles.name}>{name}</span>
      <span className={styles.value}>{children}</span>
      <button
        type="button"
        className={styles.remove}
        aria-label={`Remove filter ${name}`}
        onClick={onRemove}
      >
        <X aria-hidden />
      </button>
    </li>
  );
}

/** A value that can be switched in place. */
export function PillSelect({
  label,
  value,
  options,
  onChange,
}: {
  label: string;
  value: string;
  options: readonly [value: string, text: string][];
  onChange: (value: string) => void;
}) {
  return (
    <select
      className={styles.select}
      aria-label={label}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {options.map(([key, text]) => (
        <option key={key} value={key}>
          {text}
        </option>
      ))}
    </select>
  );
}

/** A value that opens something to change it. */
export function PillButton({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button type="button" className={styles.open} title={label} onClick={onClick}>
      {children}
    </button>
  );
}
