// What the SQL editor knows of osquery comes from the server's own table of osquery's schema.
import { readFileSync } from 'node:fs';

/** `{ version, tables: ["name platforms flags aliases column:type[/flags][@platforms] ...", ...] }` */
export function readSchema(file) {
    const source = readFileSync(file, 'utf8');
    const version = source.match(/kOsqueryVersion = "([^"]+)"/)?.[1] ?? '';
    const listed = source.split('kTables[] = {')[1] ?? '';
    // One table is one C++ string, broken into several literals; the last is followed by a comma.
    const tables = [...listed.matchAll(/(?:"[^"]*"\s*)+(?=,)/g)].map(([literals]) =>
        [...literals.matchAll(/"([^"]*)"/g)]
            .map((match) => match[1])
            .join('')
            .trim()
            .replace(/\s+/g, ' '),
    );
    if (tables.length < 100) throw new Error(`${file}: no tables were found in it`);
    return { version, tables };
}
