import type { Schema, SchemaTable } from '@/lib/schema';

/** Something about a query that its author may want to know; never a reason to refuse it. */
export interface Hint {
  from: number;
  to: number;
  message: string;
}

/** The same text with what stands in quotes and comments blanked, so that places stay the same. */
export function blanked(sql: string): string {
  const blank = (text: string) => text.replace(/[^\n]/g, ' ');
  return sql.replace(/--[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|'(?:[^']|'')*(?:'|$)/g, (text) =>
    blank(text),
  );
}

export interface TableUse {
  name: string;
  alias: string;
  from: number;
  to: number;
}

// Words that may follow a table and are not its alias.
const keywords = new Set(
  (
    'where join left right inner outer cross natural full on using group order limit union except ' +
    'intersect having as set values window'
  ).split(' '),
);

/** Tables named after FROM, JOIN and commas between them. */
export function tablesOf(sql: string): TableUse[] {
  const text = blanked(sql);
  const out: TableUse[] = [];
  const name = /(["`[]?)([A-Za-z_][\w]*)\1?\]?(?:\s+(?:as\s+)?([A-Za-z_]\w*))?/giy;
  const starts = /\b(?:from|join)\s+/gi;
  for (let start = starts.exec(text); start; start = starts.exec(text)) {
    let at = start.index + start[0].length;
    for (;;) {
      name.lastIndex = at;
      const match = name.exec(text);
      if (!match) break;
      const table = match[2] ?? '';
      const alias = match[3] && !keywords.has(match[3].toLowerCase()) ? match[3] : table;
      const from = match.index + (match[1] ?? '').length;
      // A function such as json_each(...) is no table.
      const called = /^\s*\(/.test(text.slice(from + table.length));
      if (!called) out.push({ name: table, alias, from, to: from + table.length });
      const comma = /^\s*,\s*/.exec(
        text.slice(alias === table ? from + table.length : match.index + match[0].length),
      );
      if (!comma) break;
      at =
        (alias === table ? from + table.length : match.index + match[0].length) + comma[0].length;
    }
  }
  return out;
}

/** The table that a place in the text is about: the word itself, its alias, or the nearest before. */
export function tableAt(sql: string, place: number, schema: Schema): SchemaTable | null {
  const uses = tablesOf(sql);
  const text = blanked(sql);
  const before = /[\w.]*$/.exec(text.slice(0, place))?.[0] ?? '';
  const after = /^[\w.]*/.exec(text.slice(place))?.[0] ?? '';
  const [word = '', member] = `${before}${after}`.toLowerCase().split('.');
  const named = schema.byName.get(word);
  if (named && member === undefined) return named;
  const byAlias = uses.find((use) => use.alias.toLowerCase() === word);
  if (byAlias) return schema.byName.get(byAlias.name.toLowerCase()) ?? null;
  const known = uses.flatMap((use) => {
    const table = schema.byName.get(use.name.toLowerCase());
    return table ? [{ use, table }] : [];
  });
  const withColumn = word
    ? known.find(({ table }) => table.columns.some((one) => one.name.toLowerCase() === word))
    : undefined;
  const nearest = [...known].sort(
    (a, b) => Math.abs(a.use.from - place) - Math.abs(b.use.from - place),
  )[0];
  return (withColumn ?? nearest)?.table ?? null;
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (let i = 1; i <= a.length; i += 1) {
    const next = [i];
    for (let j = 1; j <= b.length; j += 1) {
      const swap = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1);
      next.push(Math.min(swap, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

function similar(name: string, schema: Schema): string | undefined {
  let best: string | undefined;
  let least = Math.max(1, Math.floor(name.length / 4)) + 1;
  for (const table of schema.tables) {
    const far = distance(name.toLowerCase(), table.name);
    if (far < least) {
      least = far;
      best = table.name;
    }
  }
  return best;
}

/** Names that the query itself gives to intermediate results. */
function ownNames(text: string): Set<string> {
  const names = new Set<string>();
  for (const [, name] of text.matchAll(
    /(?:\bwith(?:\s+recursive)?|,)\s+(\w+)(?:\s*\([^)]*\))?\s+as\s*\(/gi,
  )) {
    names.add((name ?? '').toLowerCase());
  }
  return names;
}

/** What is worth a word before anything runs. `live`: it is about to be asked of hosts now. */
export function sqlHints(sql: string, schema: Schema, live = false): Hint[] {
  if (sql.trim() === '' || schema.tables.length === 0) return [];
  const hints: Hint[] = [];
  const text = blanked(sql);
  const quotes = sql.replace(/--[^\n]*|\/\*[\s\S]*?\*\//g, '').match(/'/g)?.length ?? 0;
  if (quotes % 2 === 1) {
    hints.push({
      from: sql.lastIndexOf("'"),
      to: sql.length,
      message: 'A text in single quotes does not end.',
    });
  }
  const second = /;\s*\S/.exec(text);
  if (second) {
    hints.push({
      from: second.index + second[0].length - 1,
      to: sql.length,
      message: 'Only the first statement runs.',
    });
  }
  const own = ownNames(text);
  for (const { name, from, to } of tablesOf(sql)) {
    if (own.has(name.toLowerCase()) || name.toLowerCase().startsWith('sqlite_')) continue;
    const table = schema.byName.get(name.toLowerCase());
    if (!table) {
      const meant = similar(name, schema);
      hints.push({
        from,
        to,
        message: meant
          ? `osquery has no table “${name}”. Did you mean “${meant}”?`
          : `osquery ${schema.version} has no table “${name}”. An extension may add it.`,
      });
      continue;
    }
    const needed = table.columns.filter((column) => column.required).map((column) => column.name);
    const mentioned = needed.some((column) => new RegExp(`\\b${column}\\b`, 'i').test(text));
    if (needed.length > 0 && !mentioned) {
      hints.push({
        from,
        to,
        message: `“${table.name}” is empty without a condition on ${needed.join(' or ')}.`,
      });
    }
    if (live && table.evented) {
      hints.push({
        from,
        to,
        message: `“${table.name}” holds events that the agent has collected; it is empty unless events are turned on.`,
      });
    }
  }
  return hints;
}
