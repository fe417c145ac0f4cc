import { lazy, Suspense } from 'react';
import { cx } from '@/lib/cx';
import styles from './SqlEditor.module.css';

export interface SqlEditorProps {
  value: string;
  onChange?: (value: string) => void;
  label: string;
  readOnly?: boolean;
  /** Ctrl/Cmd+Enter. */
  onSubmit?: () => void;
  invalid?: boolean;
  /** The text up to the cursor's place changed: where it is now. */
  onCursor?: (place: number) => void;
}

const Rich = lazy(() => import('./SqlEditorRich'));

/** SQL with highlighting and completion; a plain text field works until that has loaded. */
export function SqlEditor(props: SqlEditorProps) {
  return (
    <div
      className={cx(
        styles.frame,
        props.invalid && styles.invalid,
        props.readOnly && styles.readOnly,
      )}
    >
      <Suspense fallback={<Plain {...props} />}>
        <Rich {...props} />
      </Suspense>
    </div>
  );
}

function Plain({ value, onChange, label, readOnly, onSubmit }: SqlEditorProps) {
  return (
    <textarea
      className={styles.plain}
      aria-label={label}
      value={value}
      readOnly={readOnly}
      spellCheck={false}
      rows={Math.max(readOnly ? 2 : 6, value.split('\n').length)}
      onChange={(event) => onChange?.(event.target.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
          event.preventDefault();
          onSubmit?.();
        }
      }}
    />
  );
}
