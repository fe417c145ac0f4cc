// The names that SQL completion offers come from the server's own table of osquery's schema.
import { readFileSync } from 'node:fs';

/** `{ table: [column, ...] }` from src/sql/osquery_schema.inc, without hidden columns. */
export function readSchema(file) {
    const tables = readFileSync(file, 'utf8').split('kTables[] = {')[1];
    const schema = {};
    // One table is one C++ string, broken into several literals; the last is followed by a comma.
    for (const [literals] of tables.matchAll(/(?:"[^"]*"\s*)+(?=,)/g)) {
        const text = [...literals.matchAll(/"([^"]*)"/g)].map((match) => match[1]).join('');
        const [name, , , , ...columns] = text.trim().split(/\s+/);
        // A column is name:type[/flags][@platforms]; the flag h hides it from SELECT *.
        schema[name] = columns
            .filter((column) => !/\/\w*h/.test(column))
            .map((column) => column.split(':')[0]);
    }
    if (Object.keys(schema).length < 100) throw new Error(`${file}: no tables were found in it`);
    return schema;
}
