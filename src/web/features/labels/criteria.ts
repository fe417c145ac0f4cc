import type { LabelCriteria } from '@/api/labels';

export interface Condition {
  vital: string;
  operator: string;
  value: string;
}

/** Conditions of which all or any must hold. */
export interface Conditions {
  mode: 'and' | 'or';
  list: Condition[];
}

type Kind = 'text' | 'number';

export const vitals: readonly [name: string, words: string, kind: Kind][] = [
  ['os_version', 'Operating system', 'text'],
  ['platform', 'Platform', 'text'],
  ['hostname', 'Hostname', 'text'],
  ['computer_name', 'Computer name', 'text'],
  ['display_name', 'Display name', 'text'],
  ['hardware_vendor', 'Hardware vendor', 'text'],
  ['hardware_model', 'Hardware model', 'text'],
  ['hardware_serial', 'Serial number', 'text'],
  ['uuid', 'UUID', 'text'],
  ['osquery_version', 'osquery version', 'text'],
  ['build', 'Build of the operating system', 'text'],
  ['cpu_type', 'CPU type', 'text'],
  ['cpu_brand', 'CPU brand', 'text'],
  ['primary_ip', 'Private IP address', 'text'],
  ['public_ip', 'Public IP address', 'text'],
  ['memory', 'Memory in bytes', 'number'],
  ['cpu_physical_cores', 'Physical cores', 'number'],
  ['cpu_logical_cores', 'Logical cores', 'number'],
  ['gigs_disk_space_available', 'Free disk space in GB', 'number'],
  ['percent_disk_space_available', 'Free disk space in percent', 'number'],
  ['gigs_total_disk_space', 'Disk size in GB', 'number'],
  ['end_user_idp_group', 'Group of the user', 'text'],
  ['end_user_idp_department', 'Department of the user', 'text'],
];

const operatorWords: Record<string, string> = {
  '=': 'is',
  '!=': 'is not',
  LIKE: 'is like',
  '>': 'is more than',
  '<': 'is less than',
};

export function kindOfVital(vital: string): Kind {
  return vitals.find(([name]) => name === vital)?.[2] ?? 'text';
}

export function operatorsFor(vital: string): [operator: string, words: string][] {
  const fit = kindOfVital(vital) === 'number' ? ['=', '!=', '>', '<'] : ['=', '!=', 'LIKE'];
  return fit.map((operator) => [operator, operatorWords[operator] ?? operator]);
}

export const firstCondition: Condition = { vital: 'os_version', operator: 'LIKE', value: '' };

/** An operator that the new attribute does not have gives way to the plain one. */
export function withVital(condition: Condition, vital: string): Condition {
  const fits = operatorsFor(vital).some(([operator]) => operator === condition.operator);
  return { ...condition, vital, operator: fits ? condition.operator : '=' };
}

export function isComplete({ list }: Conditions): boolean {
  return (
    list.length > 0 &&
    list.every(
      ({ vital, value }) =>
        value.trim() !== '' && (kindOfVital(vital) === 'text' || !Number.isNaN(Number(value))),
    )
  );
}

/** One condition stands alone: that is the form that every client knows. */
export function toCriteria({ mode, list }: Conditions): LabelCriteria {
  const parts = list.map(({ vital, operator, value }): LabelCriteria => ({
    vital,
    value: value.trim(),
    // Clients of the contract leave out what is the default.
    ...(operator === '=' ? {} : { operator }),
  }));
  const [only] = parts;
  if (only && parts.length === 1) return only;
  return mode === 'and' ? { and: parts } : { or: parts };
}

/** Criteria as words, however they are nested. */
export function criteriaText(criteria: LabelCriteria): string {
  const parts = criteria.and ?? criteria.or;
  if (parts) {
    return parts
      .map((part) => (part.and || part.or ? `(${criteriaText(part)})` : criteriaText(part)))
      .join(criteria.and ? ' and ' : ' or ');
  }
  const name = vitals.find(([vital]) => vital === criteria.vital)?.[1] ?? criteria.vital ?? '';
  const operator = criteria.operator || '=';
  return `${name} ${operatorWords[operator] ?? operator} “${criteria.value ?? ''}”`;
}
