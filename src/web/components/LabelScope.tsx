import { X } from 'lucide-react';
import { IconButton } from './Button';
import { Picker } from './Picker';
import styles from './Choices.module.css';

export interface Scope {
  mode: 'any' | 'all';
  labels: string[];
}

/** Chosen labels, and whether one of them is enough. */
export function LabelScope({
  title,
  names,
  value,
  anyOnly,
  onChange,
}: {
  /** Begins the sentence that the choice ends. */
  title: string;
  names: readonly string[];
  value: Scope;
  /** One of them is always enough. */
  anyOnly?: boolean;
  onChange: (scope: Scope) => void;
}) {
  const rest = names.filter((name) => !value.labels.includes(name));
  return (
    <fieldset className={styles.choices}>
      <legend>{title}</legend>
      {value.labels.length > 1 && !anyOnly && (
        <select
          className={styles.mode}
          aria-label={`${title}: how many of the labels`}
          value={value.mode}
          onChange={(event) =>
            onChange({ ...value, mode: event.target.value === 'all' ? 'all' : 'any' })
          }
        >
          <option value="any">any of these labels</option>
          <option value="all">all of these labels</option>
        </select>
      )}
      {value.labels.length > 0 && (
        <ul className={styles.chosen}>
          {value.labels.map((name) => (
            <li key={name}>
              {name}
              <IconButton
                label={`Remove ${name}`}
                onClick={() =>
                  onChange({ ...value, labels: value.labels.filter((one) => one !== name) })
                }
              >
                <X />
              </IconButton>
            </li>
          ))}
        </ul>
      )}
      <div>
        <Picker
          label={`${title}: add a label`}
          items={rest.map((name) => ({ key: name, label: name }))}
          disabled={rest.length === 0}
          onPick={(item) => onChange({ ...value, labels: [...value.labels, item.label] })}
        >
          {value.labels.length > 0 ? 'Add a label' : 'Choose a label'}
        </Picker>
      </div>
    </fieldset>
  );
}
