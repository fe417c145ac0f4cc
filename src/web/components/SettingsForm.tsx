import { useId, useMemo, useState, type FormEvent, type ReactNode } from 'react';
import { cx } from '@/lib/cx';
import {
  changed,
  isShown,
  placeErrors,
  problems,
  same,
  toValues,
  type FieldGroup,
  type JsonObject,
  type Value,
  type Values,
} from '@/lib/fields';
import { Button } from './Button';
import { FormError } from './Field';
import { SettingsField } from './SettingsField';
import { UnsavedGuard } from './UnsavedGuard';
import styles from './SettingsForm.module.css';

interface Failure {
  message: string;
  errors?: readonly { name: string; reason: string }[];
}

interface Props {
  /** What is edited, for the question that protects unsaved changes: "the mail settings". */
  what: string;
  groups: readonly FieldGroup[];
  stored: JsonObject;
  /** Saves what was changed, and settles when `stored` is up to date again. */
  onSave: (patch: JsonObject) => Promise<unknown>;
  readOnly?: boolean;
  /** Beside the save button; is told whether everything is saved. */
  actions?: (state: { dirty: boolean }) => ReactNode;
}

/** A form made from its description. Sends only what differs; errors stand at their fields. */
export function SettingsForm({ what, groups, stored, onSave, readOnly = false, actions }: Props) {
  const stateId = useId();
  const fields = useMemo(() => groups.flatMap((group) => group.fields), [groups]);
  const base = useMemo(() => toValues(fields, stored), [fields, stored]);
  const [edits, setEdits] = useState<Values>({});
  const [left, setLeft] = useState<ReadonlySet<string>>(new Set());
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure | null>(null);

  const values: Values = { ...base, ...edits };
  const dirty = fields.some(({ path }) => !same(values[path], base[path]));
  const found = problems(fields, values);
  const placed = placeErrors(
    failure?.errors ?? [],
    fields.filter((field) => isShown(field, values)),
  );
  // A field is found fault with once somebody has left it, or tried to save.
  const shown: Record<string, string> = { ...placed.at };
  for (const [path, problem] of Object.entries(found)) if (left.has(path)) shown[path] = problem;
  const wrong = Object.keys(found).length > 0;

  const change = (path: string, value: Value) => {
    setEdits({ ...edits, [path]: value });
    if (failure) setFailure(null);
  };
  const save = async () => {
    setLeft(new Set(Object.keys(found)));
    if (wrong || !dirty || busy || readOnly) return;
    setBusy(true);
    setFailure(null);
    try {
      await onSave(changed(fields, base, values));
      setEdits({});
      setLeft(new Set());
    } catch (cause) {
      setFailure(cause instanceof Error ? cause : { message: 'That did not work.' });
    }
    setBusy(false);
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    void save();
  };
  const general = failure && (failure.errors?.length ? placed.rest.join(' ') : failure.message);

  return (
    <form onSubmit={submit} noValidate className={styles.form}>
      <FormError>{general}</FormError>
      <fieldset className={styles.fields} disabled={readOnly || busy}>
        <legend className="sr-only">{what}</legend>
        {groups.map((group, index) => {
          const fieldsShown = group.fields.filter((field) => isShown(field, values));
          if (fieldsShown.length === 0) return null;
          return (
            <div key={group.title ?? index} className={styles.group}>
              {group.title && <h2>{group.title}</h2>}
              {group.note && <p className={styles.note}>{group.note}</p>}
              {fieldsShown.map((field) => (
                <SettingsField
                  key={field.path}
                  spec={field}
                  value={values[field.path]}
                  errors={shown}
                  onChange={(value) => change(field.path, value)}
                  onLeave={(path) => setLeft((before) => new Set(before).add(path))}
                />
              ))}
            </div>
          );
        })}
      </fieldset>
      <div className={styles.footer}>
        <Button
          type="submit"
          look="primary"
          busy={busy}
          disabled={readOnly || !dirty}
          aria-describedby={stateId}
        >
          Save
        </Button>
        {dirty && !busy && (
          <Button
            onClick={() => {
              setEdits({});
              setLeft(new Set());
              setFailure(null);
            }}
          >
            Discard changes
          </Button>
        )}
        {actions?.({ dirty })}
        <span id={stateId} role="status" className={cx(styles.state, dirty && styles.dirty)}>
          {readOnly
            ? 'Read only'
            : busy
              ? 'Saving…'
              : !dirty
                ? 'Everything is saved.'
                : wrong && left.size > 0
                  ? 'Correct the marked fields, then save.'
                  : 'Not saved yet'}
        </span>
      </div>
      <UnsavedGuard dirty={dirty && !busy} what={what} />
    </form>
  );
}
