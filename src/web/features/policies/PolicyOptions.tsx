import { useQuery } from '@tanstack/react-query';
import { labelsSummaryQuery } from '@/api/hosts';
import type { PolicyFields } from '@/api/policies';
import { CheckboxField } from '@/components/Field';
import { LabelScope, type Scope } from '@/components/LabelScope';
import { Card } from '@/components/Page';
import { PlatformChecks } from '@/components/PlatformChecks';
import { policyPlatforms } from './fields';
import styles from './Policies.module.css';

interface Props {
  fields: PolicyFields;
  /** Whose policy it is: its labels and everybody's can be chosen. */
  team: number | null;
  onChange: (part: Partial<PolicyFields>) => void;
}

/** Which hosts are asked, and how much it matters. */
export function PolicyOptions({ fields, team, onChange }: Props) {
  const labels = useQuery(labelsSummaryQuery).data ?? [];
  const usable = labels.filter((label) => label.team_id == null || label.team_id === team);
  return (
    <Card title="Hosts">
      <div className={styles.stack}>
        <PlatformChecks
          platforms={policyPlatforms}
          value={fields.platform}
          onChange={(platform) => onChange({ platform })}
        />
        <LabelScope
          title="Only hosts with"
          names={usable.map((label) => label.name)}
          value={scopeOf(fields.labels_include_any, fields.labels_include_all)}
          onChange={({ mode, labels: chosen }) =>
            onChange({
              labels_include_any: mode === 'any' ? chosen : [],
              labels_include_all: mode === 'all' ? chosen : [],
            })
          }
        />
        <LabelScope
          title="Except hosts with"
          names={usable.map((label) => label.name)}
          value={scopeOf(fields.labels_exclude_any, fields.labels_exclude_all)}
          onChange={({ mode, labels: chosen }) =>
            onChange({
              labels_exclude_any: mode === 'any' ? chosen : [],
              labels_exclude_all: mode === 'all' ? chosen : [],
            })
          }
        />
        <CheckboxField
          label="Critical"
          hint="Marked everywhere, and counted on its own."
          checked={fields.critical}
          onChange={(event) => onChange({ critical: event.target.checked })}
        />
      </div>
    </Card>
  );
}

function scopeOf(any: string[], all: string[]): Scope {
  return all.length > 0 ? { mode: 'all', labels: all } : { mode: 'any', labels: any };
}
