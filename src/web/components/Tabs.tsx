import type { ReactNode } from 'react';
import { Tabs as Primitive } from 'radix-ui';
import styles from './Tabs.module.css';

export interface Tab<T extends string> {
  value: T;
  label: ReactNode;
  content: ReactNode;
}

/** The chosen tab belongs to the owner, who keeps it in the URL. */
export function Tabs<T extends string>({
  label,
  value,
  onChange,
  tabs,
  actions,
}: {
  label: string;
  value: T;
  onChange: (value: T) => void;
  tabs: readonly Tab<T>[];
  actions?: ReactNode;
}) {
  return (
    <Primitive.Root value={value} onValueChange={(next) => onChange(next as T)}>
      <div className={styles.bar}>
        <Primitive.List className={styles.list} aria-label={label}>
          {tabs.map((tab) => (
            <Primitive.Trigger key={tab.value} value={tab.value} className={styles.tab}>
              {tab.label}
            </Primitive.Trigger>
          ))}
        </Primitive.List>
        {actions && <div className={styles.actions}>{actions}</div>}
      </div>
      {tabs.map((tab) => (
        <Primitive.Content key={tab.value} value={tab.value} className={styles.content}>
          {tab.content}
        </Primitive.Content>
      ))}
    </Primitive.Root>
  );
}
