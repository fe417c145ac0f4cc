import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { parseSchema } from '@/lib/schema';
import { sqlHints, tablesOf } from '@/lib/sqlHints';
import { readSchema } from '../../tools/schema.mjs';
import { templates } from './templates';

const schema = parseSchema(
  readSchema(fileURLToPath(new URL('../../../sql/osquery_schema.inc', import.meta.url))),
);

it.each(templates.map((template) => [template.name, template] as const))(
  'the template “%s” asks tables that its platforms have',
  (_, template) => {
    expect(sqlHints(template.query, schema)).toEqual([]);
    const wants = template.platform ? template.platform.split(',') : ['darwin', 'linux', 'windows'];
    for (const { name } of tablesOf(template.query)) {
      const has = schema.byName.get(name.toLowerCase())?.platforms ?? [];
      expect(wants.filter((platform) => !has.includes(platform))).toEqual([]);
    }
  },
);
