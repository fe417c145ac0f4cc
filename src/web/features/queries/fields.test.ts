import { expect, it } from 'vitest';
import type { Query } from '@/api/types';
import { changes, dropsRows, fieldsOf } from './fields';

const saved: Query = {
  id: 1,
  name: 'ports',
  description: '',
  query: 'SELECT 1',
  interval: 60,
  platform: 'darwin, linux',
  min_osquery_version: '',
  automations_enabled: false,
  logging: 'snapshot',
  observer_can_run: false,
  discard_data: false,
  author_name: 'Ada',
  created_at: '',
  updated_at: '',
  team_id: null,
  fleet_id: null,
  saved: true,
  author_id: 1,
  author_email: 'ada@corp.test',
  packs: [],
  labels_include_any: [],
  labels_include_all: [],
  labels_exclude_any: [],
  stats: {
    system_time_p50: null,
    system_time_p95: null,
    user_time_p50: null,
    user_time_p95: null,
    total_executions: null,
  },
};
const fields = fieldsOf(saved, saved.query);

it('sends only what changed', () => {
  expect(changes(saved, { ...fields, interval: 300, name: 'open ports' })).toEqual({
    interval: 300,
    name: 'open ports',
  });
});

it.each([
  ['another name', { name: 'x' }, false],
  ['another frequency', { interval: 300 }, false],
  ['the same platforms in another order', { platform: 'linux,darwin' }, false],
  ['other platforms', { platform: 'linux' }, true],
  ['other SQL', { query: 'SELECT 2' }, true],
  ['another minimum version', { min_osquery_version: '5.9.0' }, true],
  ['differential logging', { logging: 'differential' as const }, true],
  ['discarding data', { discard_data: true }, true],
])('%s: stored rows are dropped: %#', (_, part, dropped) => {
  expect(dropsRows(saved, { ...fields, ...part })).toBe(dropped);
});
