import { basePath } from '@/lib/base';

export interface SchemaColumn {
  name: string;
  type: string;
  /** The table is empty without a condition on it. */
  required: boolean;
  /** Not part of `SELECT *`. */
  hidden: boolean;
  /** Where it exists, when not everywhere that its table does. */
  platforms: string[] | null;
}

export interface SchemaTable {
  name: string;
  aliases: string[];
  platforms: string[];
  /** Filled by events that the agent collects, not by looking. */
  evented: boolean;
  columns: SchemaColumn[];
}

export interface Schema {
  version: string;
  tables: readonly SchemaTable[];
  /** By name and alias, in small letters. */
  byName: ReadonlyMap<string, SchemaTable>;
}

const platformLetters: Record<string, string> = { d: 'darwin', l: 'linux', w: 'windows' };
const typeLetters: Record<string, string> = {
  t: 'text',
  i: 'integer',
  b: 'bigint',
  u: 'unsigned bigint',
  f: 'double',
  s: 'datetime',
  x: 'blob',
};

function platforms(letters: string): string[] {
  return [...letters].flatMap((letter) => platformLetters[letter] ?? []);
}

/** `name:type[/flags][@platforms]` */
function column(word: string): SchemaColumn {
  const [, name = word, type = 't', flags = '', where] =
    /^([^:]+):(\w)(?:\/(\w+))?(?:@(\w+))?$/.exec(word) ?? [];
  return {
    name,
    type: typeLetters[type] ?? 'text',
    required: flags.includes('r'),
    hidden: flags.includes('h'),
    platforms: where ? platforms(where) : null,
  };
}

/** Reads the compact lines that the build writes. */
export function parseSchema(file: { version: string; tables: readonly string[] }): Schema {
  const tables = file.tables.map((line): SchemaTable => {
    const [name = '', where = '', flags = '', aliases = '-', ...columns] = line.split(' ');
    return {
      name,
      aliases: aliases === '-' ? [] : aliases.split(','),
      platforms: platforms(where),
      evented: flags.includes('e'),
      columns: columns.map(column),
    };
  });
  const byName = new Map<string, SchemaTable>();
  for (const table of tables) {
    for (const name of [table.name, ...table.aliases]) byName.set(name.toLowerCase(), table);
  }
  return { version: file.version, tables, byName };
}

const none: Schema = { version: '', tables: [], byName: new Map() };
let schema: Promise<Schema> | undefined;

/** Tables of osquery and their columns. Fetched once, when first needed. */
export function loadSchema(): Promise<Schema> {
  schema ??= fetch(`${basePath}/schema.json`)
    .then(async (response) =>
      response.ok
        ? parseSchema((await response.json()) as { version: string; tables: string[] })
        : none,
    )
    // It is a comfort: without it the editor still works.
    .catch(() => none);
  return schema;
}
