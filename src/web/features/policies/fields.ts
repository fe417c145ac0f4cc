import type { Policy, PolicyDay, PolicyFields } from '@/api/policies';

export const policyPlatforms = ['darwin', 'windows', 'linux', 'chrome'] as const;

const names = (labels: { name: string }[] | null | undefined) =>
  (labels ?? []).map((label) => label.name);

export function fieldsOf(saved: Policy | undefined, sql = ''): PolicyFields {
  return {
    name: saved?.name ?? '',
    query: saved?.query ?? sql,
    description: saved?.description ?? '',
    resolution: saved?.resolution ?? '',
    platform: saved?.platform ?? '',
    critical: saved?.critical ?? false,
    labels_include_any: names(saved?.labels_include_any),
    labels_include_all: names(saved?.labels_include_all),
    labels_exclude_any: names(saved?.labels_exclude_any),
    labels_exclude_all: names(saved?.labels_exclude_all),
  };
}

const same = (a: unknown, b: unknown) =>
  Array.isArray(a) && Array.isArray(b)
    ? [...a].sort().join('\n') === [...b].sort().join('\n')
    : a === b;

/** Only what differs, so that somebody else's change of another field survives. */
export function changes(before: PolicyFields, fields: PolicyFields): Partial<PolicyFields> {
  const keys = Object.keys(fields) as (keyof PolicyFields)[];
  return Object.fromEntries(
    keys.filter((key) => !same(before[key], fields[key])).map((key) => [key, fields[key]]),
  );
}

/** A new policy says nothing about labels that it does not use: they need a licence elsewhere. */
export function forCreation(fields: PolicyFields): PolicyFields {
  const used = Object.entries(fields).filter(
    ([key, value]) =>
      !(key.startsWith('labels_') && Array.isArray(value) && value.length === 0) &&
      !(key === 'critical' && value === false),
  );
  return Object.fromEntries(used) as unknown as PolicyFields;
}

/** What saving does to the answers that hosts have given. */
export function consequence(changed: Partial<PolicyFields>): string | null {
  if (changed.query !== undefined) {
    return 'The query is another one: all answers are removed and hosts answer anew.';
  }
  const scope = ['platform', 'labels_include_any', 'labels_include_all', 'labels_exclude_any'];
  if ([...scope, 'labels_exclude_all'].some((key) => key in changed)) {
    return 'Answers of hosts that are no longer asked are removed.';
  }
  return null;
}

/** The share of hosts that passed on each day; null where nobody had answered. */
export function passRates(days: readonly PolicyDay[]): { x: number; y: number | null }[] {
  return days.map(({ day, passing, failing }) => ({
    x: Date.parse(`${day}T12:00:00`),
    y: passing + failing > 0 ? Math.round((passing / (passing + failing)) * 1000) / 10 : null,
  }));
}
