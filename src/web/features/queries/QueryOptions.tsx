import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '@/api/client';
import { labelsSummaryQuery } from '@/api/hosts';
import type { Logging, QueryFields } from '@/api/types';
import { CheckboxField, SelectField, TextField } from '@/components/Field';
import { LabelScope } from '@/components/LabelScope';
import { Card } from '@/components/Page';
import { PlatformChecks } from '@/components/PlatformChecks';
import { frequency } from '@/lib/format';
import { frequencies, targetPlatforms } from './fields';
import styles from './Queries.module.css';

interface Props {
  fields: QueryFields;
  /** Whose query it is: its labels and everybody's can be chosen. */
  team: number | null;
  onChange: (part: Partial<QueryFields>) => void;
  error: ApiError | null;
}

/** When, where and how a query runs on its own. */
export function QueryOptions({ fields, team, onChange, error }: Props) {
  const labels = useQuery(labelsSummaryQuery).data ?? [];
  const usable = labels
    .filter((label) => label.team_id == null || label.team_id === team)
    .map((label) => label.name);
  const known = frequencies.some(([seconds]) => seconds === fields.interval);
  return (
    <Card title="Schedule">
      <div className={styles.stack}>
        <SelectField
          label="Frequency"
          value={fields.interval}
          onChange={(event) => onChange({ interval: Number(event.target.value) })}
          hint={
            fields.interval > 0
              ? 'Hosts run it on their own; the newest rows of each host are kept.'
              : 'Runs only when somebody runs it live.'
          }
        >
          {frequencies.map(([seconds, label]) => (
            <option key={seconds} value={seconds}>
              {label}
            </option>
          ))}
          {!known && <option value={fields.interval}>{frequency(fields.interval)}</option>}
        </SelectField>
        <CheckboxField
          label="Automations"
          hint="Send each result to the log destination."
          checked={fields.automations_enabled}
          onChange={(event) => onChange({ automations_enabled: event.target.checked })}
        />
        <CheckboxField
          label="Observers can run"
          hint="People with the observer role may run this query live."
          checked={fields.observer_can_run}
          onChange={(event) => onChange({ observer_can_run: event.target.checked })}
        />
        <PlatformChecks
          platforms={targetPlatforms}
          value={fields.platform}
          onChange={(platform) => onChange({ platform })}
        />
        <LabelScope
          title="Only hosts with"
          names={usable}
          value={
            fields.labels_include_all.length > 0
              ? { mode: 'all', labels: fields.labels_include_all }
              : { mode: 'any', labels: fields.labels_include_any }
          }
          onChange={({ mode, labels: chosen }) =>
            onChange({
              labels_include_any: mode === 'any' ? chosen : [],
              labels_include_all: mode === 'all' ? chosen : [],
            })
          }
        />
        <LabelScope
          title="Except hosts with"
          names={usable}
          anyOnly
          value={{ mode: 'any', labels: fields.labels_exclude_any }}
          onChange={({ labels: chosen }) => onChange({ labels_exclude_any: chosen })}
        />
        <TextField
          label="Minimum osquery version"
          optional
          placeholder="5.0.0"
          value={fields.min_osquery_version}
          error={error?.field('min_osquery_version')}
          onChange={(event) => onChange({ min_osquery_version: event.target.value.trim() })}
        />
        <SelectField
          label="Logging"
          value={fields.logging}
          onChange={(event) => onChange({ logging: event.target.value as Logging })}
          hint={
            fields.logging === 'snapshot'
              ? 'Every run reports all of its rows.'
              : 'Runs report only what changed. Rows are logged, not kept here.'
          }
        >
          <option value="snapshot">Snapshot</option>
          <option value="differential">Differential</option>
          <option value="differential_ignore_removals">Differential, without removals</option>
        </SelectField>
        <CheckboxField
          label="Discard data"
          hint="Log the results, but do not keep rows here."
          checked={fields.discard_data}
          onChange={(event) => onChange({ discard_data: event.target.checked })}
        />
      </div>
    </Card>
  );
}
