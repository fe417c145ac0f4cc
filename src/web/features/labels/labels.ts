import type { LabelDetail, NewLabel } from '@/api/labels';
import { firstCondition, isComplete, toCriteria, type Conditions } from './criteria';
import type { LabelKind, LabelsSearch } from './search';

export function kindOf(label: LabelDetail): LabelKind | 'builtin' {
  if (label.label_type === 'builtin') return 'builtin';
  if (label.label_membership_type === 'host_vitals') return 'attributes';
  return label.label_membership_type;
}

export const kindNames: Record<LabelKind | 'builtin', string> = {
  dynamic: 'Dynamic',
  manual: 'Manual',
  attributes: 'By attributes',
  builtin: 'Built in',
};

export const kindMeanings: Record<LabelKind | 'builtin', string> = {
  dynamic: 'Hosts that answer a query have it.',
  manual: 'Hosts that somebody chose have it.',
  attributes: 'Hosts whose details match have it.',
  builtin: 'Every server has it; it cannot be changed.',
};

/** The server lists all labels at once: narrowing and sorting happen here. */
export function listed(labels: readonly LabelDetail[], search: LabelsSearch): LabelDetail[] {
  const needle = (search.query ?? '').toLowerCase();
  const sign = search.order_direction === 'desc' ? -1 : 1;
  const key = (label: LabelDetail) =>
    search.order_key === 'type' ? kindNames[kindOf(label)] : label.name.toLowerCase();
  return labels
    .filter(
      (label) =>
        `${label.name} ${label.description}`.toLowerCase().includes(needle) &&
        (search.type === undefined || kindOf(label) === search.type),
    )
    .sort((a, b) => {
      const order =
        search.order_key === 'count'
          ? a.count - b.count
          : key(a) < key(b)
            ? -1
            : Number(key(a) > key(b));
      return sign * order || a.name.localeCompare(b.name);
    });
}

export interface LabelFields {
  name: string;
  description: string;
  query: string;
  platform: string;
  hosts: number[];
  criteria: Conditions;
}

export function emptyFields(sql: string): LabelFields {
  return {
    name: '',
    description: '',
    query: sql,
    platform: '',
    hosts: [],
    criteria: { mode: 'and', list: [firstCondition] },
  };
}

export function ready(kind: LabelKind, fields: LabelFields): boolean {
  if (fields.name.trim() === '') return false;
  if (kind === 'dynamic') return fields.query.trim() !== '';
  return kind === 'manual' || isComplete(fields.criteria);
}

/** Only the members of its kind: the server refuses a mixture. */
export function forCreation(
  kind: LabelKind,
  fields: LabelFields,
  team: number | undefined,
): NewLabel {
  const common = {
    name: fields.name.trim(),
    description: fields.description,
    ...(team ? { team_id: team } : {}),
  };
  switch (kind) {
    case 'dynamic':
      return { ...common, query: fields.query, platform: fields.platform };
    case 'manual':
      return { ...common, host_ids: fields.hosts };
    case 'attributes':
      return { ...common, criteria: toCriteria(fields.criteria) };
  }
}

/** Names, serial numbers and the like from a pasted list or the first column of a file. */
export function pastedNames(text: string): string[] {
  const names = text
    .split(/\r?\n/)
    .flatMap((line) => (line.includes('\t') ? line.split('\t')[0] : line.split(/[,;]/)))
    .map((name) => (name ?? '').trim().replace(/^"(.*)"$/, '$1'))
    .filter(Boolean);
  return [...new Set(names)];
}
