/** Options as text, in YAML or JSON. JSON is YAML, so that both are read the same way. */
import { isMap, isScalar, isSeq, parseDocument, stringify, type Node } from 'yaml';
import type { Json } from '@/lib/fields';

export type TextFormat = 'yaml' | 'json';

/** A fault, from one offset in the text up to another. */
export interface Fault {
  from: number;
  to: number;
  message: string;
}

export function print(value: Json, format: TextFormat): string {
  return format === 'json'
    ? `${JSON.stringify(value, null, 2)}\n`
    : stringify(value, { lineWidth: 0 });
}

/** The value, or why there is none. Empty text is an empty object. */
export function parse(text: string): { value: Json; faults: Fault[] } {
  const document = parseDocument(text, { prettyErrors: false, uniqueKeys: true });
  const faults = document.errors.map(({ message, pos }) => ({
    message,
    from: pos[0],
    to: Math.max(pos[0] + 1, pos[1]),
  }));
  if (faults.length > 0) return { value: null, faults };
  const value = (document.toJS() ?? {}) as Json;
  if (typeof value !== 'object' || Array.isArray(value)) {
    const message = 'The options must be an object of names and values.';
    return { value: null, faults: [{ from: 0, to: text.length, message }] };
  }
  return { value, faults: [] };
}

interface Place {
  path: string;
  from: number;
  to: number;
}

function collect(node: Node | null | undefined, path: string, places: Place[]): Place[] {
  const below = (key: string | number) => (path ? `${path}.${key}` : String(key));
  if (isMap(node)) {
    for (const { key, value } of node.items) {
      if (!isScalar(key) || !key.range) continue;
      const at = below(String(key.value));
      places.push({ path: at, from: key.range[0], to: key.range[1] });
      collect(value as Node | null, at, places);
    }
  } else if (isSeq(node)) {
    for (const [index, item] of node.items.entries()) {
      const range = (item as Node).range;
      if (range) places.push({ path: below(index), from: range[0], to: range[1] });
      collect(item as Node, below(index), places);
    }
  }
  return places;
}

/**
 * Where in the text a refusal of the server belongs: by the path that it names, else by a key
 * that its sentence mentions. Without either, the first line.
 */
export function locate(text: string, error: { name: string; reason: string }): Fault {
  const places = collect(parseDocument(text, { prettyErrors: false }).contents, '', []);
  const quoted = [...error.reason.matchAll(/["'“]([^"'”]+)["'”]/g)].map(([, word]) => word ?? '');
  const words = error.reason.match(/[A-Za-z][\w.-]*[._]\w+/g) ?? [];
  for (const candidate of [error.name, ...quoted, ...words]) {
    const path = candidate.replace(/^agent_options\.?/, '').replaceAll(/\[(\d+)\]/g, '.$1');
    if (path === '' || path === 'base') continue;
    const place =
      places.find((each) => each.path === path) ??
      places.find((each) => each.path.endsWith(`.${path}`));
    if (place) return { from: place.from, to: place.to, message: error.reason };
  }
  const end = text.indexOf('\n');
  return { from: 0, to: end < 0 ? text.length : end, message: error.reason };
}

export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split('\n').length;
}
