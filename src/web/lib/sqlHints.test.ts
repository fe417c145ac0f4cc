import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { readSchema } from '../tools/schema.mjs';
import { parseSchema } from './schema';
import { sqlHints, tableAt, tablesOf } from './sqlHints';

const schema = parseSchema(
  readSchema(fileURLToPath(new URL('../../sql/osquery_schema.inc', import.meta.url))),
);
const hints = (sql: string, live = false) =>
  sqlHints(sql, schema, live).map((hint) => hint.message);

describe('the schema', () => {
  it('knows tables, columns, aliases and platforms', () => {
    const mounts = schema.byName.get('mounts');
    expect(mounts?.platforms).toEqual(['darwin', 'linux']);
    const plist = schema.byName.get('plist');
    expect(plist?.columns.find((column) => column.name === 'path')?.required).toBe(true);
    expect(schema.byName.get('configurations')?.name).toBe('augeas');
    expect(schema.byName.get('apparmor_events')?.evented).toBe(true);
  });
});

describe('tables of a query', () => {
  it.each([
    ['SELECT * FROM users', ['users']],
    ['select u.uid from users u join groups as g using (gid)', ['users', 'groups']],
    ['SELECT 1 FROM users, groups g, uptime WHERE 1', ['users', 'groups', 'uptime']],
    ["SELECT 'from nowhere' FROM uptime -- from comments", ['uptime']],
    ['SELECT * FROM (SELECT * FROM uptime)', ['uptime']],
    ['SELECT * FROM json_each(1)', []],
    ['', []],
  ])('%s', (sql, wanted) => {
    expect(tablesOf(sql).map((use) => use.name)).toEqual(wanted);
  });

  it('follow the cursor', () => {
    const sql = 'SELECT u.shell, days FROM users u, uptime WHERE g.x = 1';
    const at = (text: string) => tableAt(sql, sql.indexOf(text) + 1, schema)?.name;
    expect(at('u.shell')).toBe('users');
    expect(at('days')).toBe('uptime');
    expect(at('uptime')).toBe('uptime');
    expect(tableAt('SELECT 1', 3, schema)).toBeNull();
  });
});

describe('hints', () => {
  it.each([
    ['SELECT * FROM user', /Did you mean “users”/],
    ['SELECT * FROM zzzzzzzzzzzz', /An extension may add it/],
    ['SELECT * FROM plist', /empty without a condition on path/],
    ["SELECT 'a FROM uptime", /does not end/],
    ['SELECT 1; SELECT 2', /first statement/],
  ])('%s', (sql, wanted) => {
    expect(hints(sql).join(' ')).toMatch(wanted);
  });

  it('are silent about what is right', () => {
    expect(hints("SELECT * FROM plist WHERE path = '/x;y'")).toEqual([]);
    expect(hints('WITH a AS (SELECT 1) SELECT * FROM a;')).toEqual([]);
    expect(hints("SELECT 'it''s' FROM uptime;")).toEqual([]);
    expect(hints('SELECT * FROM process_events')).toEqual([]);
  });

  it('say that event tables may be empty when asked live', () => {
    expect(hints('SELECT * FROM process_events', true).join()).toMatch(/events/);
  });
});
