import type { Query, QueryFields } from '@/api/types';

export const frequencies: readonly [seconds: number, text: string][] = [
  [0, 'Never'],
  [60, 'Every minute'],
  [300, 'Every 5 minutes'],
  [600, 'Every 10 minutes'],
  [900, 'Every 15 minutes'],
  [1800, 'Every 30 minutes'],
  [3600, 'Every hour'],
  [21_600, 'Every 6 hours'],
  [43_200, 'Every 12 hours'],
  [86_400, 'Every day'],
  [604_800, 'Every week'],
];

export const targetPlatforms = ['darwin', 'windows', 'linux', 'chrome'] as const;

export function fieldsOf(saved: Query | undefined, sql: string): QueryFields {
  return {
    name: saved?.name ?? '',
    description: saved?.description ?? '',
    query: sql,
    interval: saved?.interval ?? 0,
    platform: saved?.platform ?? '',
    min_osquery_version: saved?.min_osquery_version ?? '',
    automations_enabled: saved?.automations_enabled ?? false,
    logging: saved?.logging ?? 'snapshot',
    observer_can_run: saved?.observer_can_run ?? false,
    discard_data: saved?.discard_data ?? false,
    labels_include_any: names(saved?.labels_include_any),
    labels_include_all: names(saved?.labels_include_all),
    labels_exclude_any: names(saved?.labels_exclude_any),
  };
}

const names = (labels: { name: string }[] | null | undefined) =>
  (labels ?? []).map((label) => label.name);

/** Whether two values of a field mean the same; labels have no order. */
export function same(a: unknown, b: unknown): boolean {
  if (!Array.isArray(a) || !Array.isArray(b)) return a === b;
  return [...a].sort().join('\n') === [...b].sort().join('\n');
}

/** A new query says nothing about labels that it does not use: they need a licence elsewhere. */
export function forCreation(fields: QueryFields): QueryFields {
  const used = Object.entries(fields).filter(
    ([key, value]) => !(key.startsWith('labels_') && Array.isArray(value) && value.length === 0),
  );
  return Object.fromEntries(used) as unknown as QueryFields;
}

/** Only what differs, so that somebody else's change of another field survives. */
export function changes(saved: Query, fields: QueryFields): Partial<QueryFields> {
  const before = fieldsOf(saved, saved.query);
  const keys = Object.keys(fields) as (keyof QueryFields)[];
  return Object.fromEntries(
    keys.filter((key) => !same(fields[key], before[key])).map((key) => [key, fields[key]]),
  );
}

function platformSet(list: string): string {
  return list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean)
    .sort()
    .join();
}

/** Whether saving throws away the stored rows. */
export function dropsRows(saved: Query, fields: QueryFields): boolean {
  return (
    saved.query !== fields.query ||
    platformSet(saved.platform) !== platformSet(fields.platform) ||
    saved.min_osquery_version !== fields.min_osquery_version ||
    !same(names(saved.labels_include_any), fields.labels_include_any) ||
    !same(names(saved.labels_include_all), fields.labels_include_all) ||
    !same(names(saved.labels_exclude_any), fields.labels_exclude_any) ||
    (saved.logging === 'snapshot' && fields.logging !== 'snapshot') ||
    (!saved.discard_data && fields.discard_data)
  );
}
