import { Plus, X } from 'lucide-react';
import { Button, IconButton } from '@/components/Button';
import {
  firstCondition,
  kindOfVital,
  operatorsFor,
  vitals,
  withVital,
  type Condition,
  type Conditions,
} from './criteria';
import styles from './Labels.module.css';

/** Conditions on attributes of a host, of which all or any must hold. */
export function CriteriaBuilder({
  value,
  onChange,
}: {
  value: Conditions;
  onChange: (value: Conditions) => void;
}) {
  const { mode, list } = value;
  const set = (index: number, condition: Condition) =>
    onChange({ mode, list: list.map((each, at) => (at === index ? condition : each)) });
  return (
    <fieldset className={styles.criteria}>
      <legend>Hosts for which</legend>
      {list.length > 1 && (
        <select
          className={styles.small}
          aria-label="How many of the conditions must hold"
          value={mode}
          onChange={(event) => onChange({ mode: event.target.value === 'or' ? 'or' : 'and', list })}
        >
          <option value="and">all of these hold</option>
          <option value="or">any of these holds</option>
        </select>
      )}
      {list.map((condition, index) => (
        <div key={index} className={styles.condition}>
          <select
            aria-label={`Attribute ${index + 1}`}
            value={condition.vital}
            onChange={(event) => set(index, withVital(condition, event.target.value))}
          >
            {vitals.map(([name, words]) => (
              <option key={name} value={name}>
                {words}
              </option>
            ))}
          </select>
          <select
            aria-label={`Comparison ${index + 1}`}
            value={condition.operator}
            onChange={(event) => set(index, { ...condition, operator: event.target.value })}
          >
            {operatorsFor(condition.vital).map(([operator, words]) => (
              <option key={operator} value={operator}>
                {words}
              </option>
            ))}
          </select>
          <input
            aria-label={`Value ${index + 1}`}
            value={condition.value}
            inputMode={kindOfVital(condition.vital) === 'number' ? 'decimal' : 'text'}
            placeholder={condition.operator === 'LIKE' ? '%Debian%' : undefined}
            onChange={(event) => set(index, { ...condition, value: event.target.value })}
          />
          <IconButton
            label={`Remove condition ${index + 1}`}
            disabled={list.length === 1}
            onClick={() => onChange({ mode, list: list.filter((_, at) => at !== index) })}
          >
            <X />
          </IconButton>
        </div>
      ))}
      <div>
        <Button
          size="s"
          icon={<Plus />}
          onClick={() => onChange({ mode, list: [...list, firstCondition] })}
        >
          Add a condition
        </Button>
      </div>
      <p className={styles.note}>
        “Is like” takes <code>%</code> for any text. Hosts join and leave by themselves as their
        details change.
      </p>
    </fieldset>
  );
}
