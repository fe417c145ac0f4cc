/** Forms described as data: what a section shows, how it is checked, and what of it is sent. */

import type { FieldError } from '@/api/client';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type JsonObject = { [key: string]: Json };

export interface FieldSpec {
  /** Where the value is in the document, `smtp_settings.server`; in a list, the item's key. */
  path: string;
  label: string;
  kind: 'text' | 'url' | 'number' | 'switch' | 'choice' | 'secret' | 'area' | 'json' | 'list';
  hint?: string;
  placeholder?: string;
  options?: readonly (readonly [value: string, label: string])[];
  required?: boolean;
  min?: number;
  max?: number;
  /** The path of a switch: without it the field is neither shown nor checked. */
  when?: string;
  check?: (value: string) => string | undefined;
  /** Of a list: the fields of each entry, and what an entry is called. */
  item?: readonly FieldSpec[];
  itemName?: string;
  most?: number;
}

export interface FieldGroup {
  title?: string;
  note?: string;
  fields: readonly FieldSpec[];
}

/** One entry of a list; what the form does not show of it survives. */
export interface ListEntry {
  stored: JsonObject;
  values: Values;
}
export type Value = string | boolean | readonly ListEntry[];
export type Values = Readonly<Record<string, Value>>;

/** What is stored but never told. Sent back, it stands for the stored one. */
export const mask = '********';

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function valueAt(document: JsonObject, path: string): Json | undefined {
  let at: Json | undefined = document;
  for (const key of path.split('.')) at = isObject(at) ? at[key] : undefined;
  return at;
}

/** A copy of `document` with `value` at `path`. */
export function withValue(document: JsonObject, path: string, value: Json): JsonObject {
  const [key = '', ...rest] = path.split('.');
  if (rest.length === 0) return { ...document, [key]: value };
  const below = document[key];
  return { ...document, [key]: withValue(isObject(below) ? below : {}, rest.join('.'), value) };
}

export function toValues(fields: readonly FieldSpec[], document: JsonObject): Values {
  return Object.fromEntries(
    fields.map((field) => [field.path, toValue(field, valueAt(document, field.path))]),
  );
}

function toValue(field: FieldSpec, stored: Json | undefined): Value {
  switch (field.kind) {
    case 'switch':
      return stored === true;
    case 'list':
      return (Array.isArray(stored) ? stored : []).filter(isObject).map((entry) => ({
        stored: entry,
        values: toValues(field.item ?? [], entry),
      }));
    case 'json':
      return stored === undefined || stored === null || stored === mask
        ? (stored ?? '')
        : JSON.stringify(stored, null, 2);
    default:
      return stored === undefined || stored === null ? '' : String(stored);
  }
}

export function newEntry(field: FieldSpec): ListEntry {
  return { stored: {}, values: toValues(field.item ?? [], {}) };
}

function fromValue(field: FieldSpec, value: Value | undefined): Json {
  switch (field.kind) {
    case 'switch':
      return value === true;
    case 'number':
      return Number(value);
    case 'json':
      return value === '' ? null : value === mask ? mask : (JSON.parse(String(value)) as Json);
    case 'list':
      return (Array.isArray(value) ? (value as readonly ListEntry[]) : []).map((entry) =>
        (field.item ?? []).reduce(
          (document, part) =>
            withValue(document, part.path, fromValue(part, entry.values[part.path])),
          entry.stored,
        ),
      );
    case 'secret':
    case 'area':
      return String(value ?? '');
    default:
      return String(value ?? '').trim();
  }
}

export function same(a: Value | undefined, b: Value | undefined): boolean {
  return a === b || JSON.stringify(a) === JSON.stringify(b);
}

/** Only what differs: somebody else's change of another field survives. Lists travel whole. */
export function changed(fields: readonly FieldSpec[], before: Values, after: Values): JsonObject {
  return fields
    .filter((field) => !same(before[field.path], after[field.path]))
    .reduce<JsonObject>(
      (document, field) => withValue(document, field.path, fromValue(field, after[field.path])),
      {},
    );
}

export function isShown(field: FieldSpec, values: Values): boolean {
  return field.when === undefined || values[field.when] === true;
}

/** What is wrong, by path. The entries of lists have paths such as `jira.0.url`. */
export function problems(
  fields: readonly FieldSpec[],
  values: Values,
  prefix = '',
): Record<string, string> {
  const found: Record<string, string> = {};
  for (const field of fields) {
    if (!isShown(field, values)) continue;
    const value = values[field.path];
    if (field.kind === 'list') {
      for (const [index, entry] of (value as readonly ListEntry[]).entries()) {
        Object.assign(
          found,
          problems(field.item ?? [], entry.values, `${prefix}${field.path}.${index}.`),
        );
      }
    } else if (typeof value === 'string') {
      const problem = problemOf(field, value);
      if (problem) found[prefix + field.path] = problem;
    }
  }
  return found;
}

function problemOf(field: FieldSpec, value: string): string | undefined {
  const text = value.trim();
  if (field.kind === 'number') return numberProblem(field, text);
  if (text === '') return field.required ? `Enter ${lower(field.label)}.` : undefined;
  if (field.kind === 'url' && !isWebAddress(text)) {
    return 'Enter a whole address, starting with https:// or http://.';
  }
  if (field.kind === 'json' && text !== mask && !isJsonObject(text)) {
    return 'This is not a JSON object.';
  }
  return field.check?.(text);
}

function numberProblem(field: FieldSpec, text: string): string | undefined {
  const { min = 0, max } = field;
  if (!/^-?\d+(\.\d+)?$/.test(text)) return 'Enter a number.';
  const value = Number(text);
  if (value < min) return `Enter ${min} or more.`;
  if (max !== undefined && value > max) return `Enter at most ${max}.`;
  return undefined;
}

/** `SMTP server` keeps its capitals, `Server` becomes `server`. */
function lower(label: string): string {
  return /^[A-Z][a-z]/.test(label) ? label.charAt(0).toLowerCase() + label.slice(1) : label;
}

export function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/]/i.test(text) && URL.canParse(text);
}

function isJsonObject(text: string): boolean {
  try {
    return isObject(JSON.parse(text));
  } catch {
    return false;
  }
}

/**
 * Puts each of the server's errors at the field it means, whether it was named by its whole path
 * or by its last part. `rest` belongs on top of the form.
 */
export function placeErrors(
  errors: readonly FieldError[],
  fields: readonly FieldSpec[],
): { at: Record<string, string>; rest: string[] } {
  const at: Record<string, string> = {};
  const rest: string[] = [];
  for (const { name, reason } of errors) {
    const path = name.replaceAll(/\[(\d+)\]/g, '.$1');
    const field =
      fields.find((each) => each.path === path) ??
      fields.find((each) => each.kind === 'list' && path.startsWith(`${each.path}.`)) ??
      fields.find((each) => each.path.endsWith(`.${path}`) || path.endsWith(`.${each.path}`));
    if (!field) rest.push(reason);
    else if (field.kind === 'list' && path.startsWith(`${field.path}.`)) at[path] = reason;
    else at[field.path] = reason;
  }
  return { at, rest };
}
