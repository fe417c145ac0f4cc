import { useState } from 'react';
import { Plus, Trash2 } from 'lucide-react';
import { cx } from '@/lib/cx';
import {
  isShown,
  mask,
  newEntry,
  type FieldSpec,
  type ListEntry,
  type Value,
  type Values,
} from '@/lib/fields';
import { Button, IconButton } from './Button';
import { CheckboxField, Field, PasswordField, SelectField, TextField } from './Field';
import field from './Field.module.css';
import styles from './SettingsForm.module.css';

interface Props {
  spec: FieldSpec;
  value: Value | undefined;
  /** By path, and below it for lists. */
  errors: Readonly<Record<string, string>>;
  at?: string;
  onChange: (value: Value) => void;
  onLeave?: ((path: string) => void) | undefined;
}

/** One field of a form that is described as data. */
export function SettingsField({ spec, value, errors, at = spec.path, onChange, onLeave }: Props) {
  const text = typeof value === 'string' ? value : '';
  const common = {
    label: spec.label,
    hint: spec.hint,
    error: errors[at],
    onBlur: () => onLeave?.(at),
  };
  switch (spec.kind) {
    case 'switch':
      return (
        <div>
          <CheckboxField
            label={spec.label}
            hint={spec.hint}
            checked={value === true}
            onChange={(event) => onChange(event.target.checked)}
          />
          {errors[at] && (
            <p role="alert" className={styles.error}>
              {errors[at]}
            </p>
          )}
        </div>
      );
    case 'choice':
      return (
        <SelectField {...common} value={text} onChange={(event) => onChange(event.target.value)}>
          {spec.options?.map(([option, label]) => (
            <option key={option} value={option}>
              {label}
            </option>
          ))}
        </SelectField>
      );
    case 'secret':
      return <SecretField {...common} value={text} onChange={onChange} />;
    case 'area':
    case 'json':
      return (
        <Field label={spec.label} hint={spec.hint} error={errors[at]} optional={!spec.required}>
          {(wired) => (
            <textarea
              {...wired}
              className={cx(field.input, styles.area, styles.code)}
              value={text === mask ? '' : text}
              placeholder={
                text === mask ? 'Stored; paste a new one to replace it' : spec.placeholder
              }
              spellCheck={false}
              onBlur={common.onBlur}
              onChange={(event) => onChange(event.target.value)}
            />
          )}
        </Field>
      );
    case 'list':
      return (
        <ListField
          spec={spec}
          at={at}
          entries={(value as readonly ListEntry[] | undefined) ?? []}
          errors={errors}
          onChange={onChange}
          onLeave={onLeave}
        />
      );
    default:
      return (
        <TextField
          {...common}
          optional={!spec.required && spec.kind !== 'number'}
          required={spec.required}
          className={cx(spec.kind === 'number' && styles.narrow)}
          inputMode={spec.kind === 'number' ? 'numeric' : spec.kind === 'url' ? 'url' : undefined}
          autoComplete="off"
          placeholder={spec.placeholder}
          value={text}
          onChange={(event) => onChange(event.target.value)}
        />
      );
  }
}

/** What is stored is never shown: an empty field keeps it. */
function SecretField({
  value,
  hint,
  onChange,
  ...rest
}: {
  label: string;
  hint?: string | undefined;
  error: string | undefined;
  value: string;
  onBlur: () => void;
  onChange: (value: string) => void;
}) {
  const [had] = useState(value === mask);
  const stored = had || value === mask;
  return (
    <PasswordField
      {...rest}
      autoComplete="new-password"
      hint={stored ? (hint ?? 'One is stored. Leave this empty to keep it.') : hint}
      placeholder={stored ? '••••••••' : undefined}
      value={value === mask ? '' : value}
      onChange={(event) => onChange(event.target.value || (stored ? mask : ''))}
    />
  );
}

function ListField({
  spec,
  at,
  entries,
  errors,
  onChange,
  onLeave,
}: {
  spec: FieldSpec;
  at: string;
  entries: readonly ListEntry[];
  errors: Readonly<Record<string, string>>;
  onChange: (value: Value) => void;
  onLeave?: ((path: string) => void) | undefined;
}) {
  const name = spec.itemName ?? 'entry';
  const change = (index: number, values: Values) =>
    onChange(entries.map((entry, i) => (i === index ? { ...entry, values } : entry)));
  return (
    <div className={styles.entries} role="group" aria-label={spec.label}>
      {errors[at] && (
        <p role="alert" className={styles.error}>
          {errors[at]}
        </p>
      )}
      {entries.length === 0 && <p className={styles.note}>{spec.hint ?? `No ${name} yet.`}</p>}
      {entries.map((entry, index) => (
        <section key={index} className={styles.entry} aria-label={`${name} ${index + 1}`}>
          <div className={styles.entryHeader}>
            <span>
              {name.charAt(0).toUpperCase() + name.slice(1)} {index + 1}
            </span>
            <IconButton
              label={`Remove ${name} ${index + 1}`}
              onClick={() => onChange(entries.filter((_, i) => i !== index))}
            >
              <Trash2 />
            </IconButton>
          </div>
          {spec.item
            ?.filter((part) => isShown(part, entry.values))
            .map((part) => (
              <SettingsField
                key={part.path}
                spec={part}
                at={`${at}.${index}.${part.path}`}
                value={entry.values[part.path]}
                errors={errors}
                onChange={(value) => change(index, { ...entry.values, [part.path]: value })}
                onLeave={onLeave}
              />
            ))}
        </section>
      ))}
      {entries.length < (spec.most ?? Infinity) && (
        <div>
          <Button icon={<Plus />} onClick={() => onChange([...entries, newEntry(spec)])}>
            Add {name}
          </Button>
        </div>
      )}
    </div>
  );
}
