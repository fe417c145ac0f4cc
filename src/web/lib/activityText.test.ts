import { expect, it } from 'vitest';
import { activityText, typeName } from './activityText';

const plain = (type: string, details: Record<string, unknown> = {}) =>
  activityText(type, details)
    .map((piece) => (typeof piece === 'string' ? piece : `[${piece.kind} ${piece.name}]`))
    .join('');

it.each<[string, Record<string, unknown>, string]>([
  [
    'created_policy',
    { policy_id: 1, policy_name: 'Disk', team_id: -1, team_name: null },
    'created the policy [policy Disk]',
  ],
  [
    'edited_saved_query',
    { query_id: 2, query_name: 'Ports', team_id: 3, team_name: 'Ops' },
    'edited the query [query Ports] in the team [team Ops]',
  ],
  ['live_query', { targets_count: 1, query_sql: 'SELECT 1' }, 'ran a live query on 1 host'],
  [
    'live_query',
    { targets_count: 1200, query_name: 'Ports' },
    'ran the query [query Ports] on 1,200 hosts',
  ],
  [
    'transferred_hosts',
    { host_ids: [4], host_display_names: ['mac-4'], team_id: null, team_name: null },
    'moved [host mac-4] to no team',
  ],
  [
    'transferred_hosts',
    { host_ids: [4, 5], team_id: 1, team_name: 'Ops' },
    'moved 2 hosts to the team [team Ops]',
  ],
  ['fleet_enrolled', { host_display_name: 'pc' }, 'The host [host pc] enrolled'],
  ['user_logged_in', {}, 'signed in'],
])('%s reads as a sentence', (type, details, wanted) => {
  expect(plain(type, details)).toBe(wanted);
});

it('does not link to what was deleted', () => {
  expect(plain('deleted_label', { label_id: 4, label_name: 'Pilot' })).toBe(
    'deleted the label [name Pilot]',
  );
});

it('a type of a newer server falls back to its own name', () => {
  expect(plain('locked_host', { host_id: 1, host_display_name: 'mac' })).toBe(
    'locked host on [host mac]',
  );
  expect(typeName('created_saved_query')).toBe('Created query');
});
