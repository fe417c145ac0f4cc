import { describe, expect, it } from 'vitest';
import type { LabelDetail } from '@/api/labels';
import { emptyFields, forCreation, listed, pastedNames, ready, type LabelFields } from './labels';

const label = (name: string, part: Partial<LabelDetail> = {}) =>
  ({
    id: 1,
    name,
    description: '',
    label_type: 'regular',
    label_membership_type: 'dynamic',
    count: 0,
    ...part,
  }) as LabelDetail;

describe('the list', () => {
  const all = [
    label('Pilot', { label_membership_type: 'manual', count: 3 }),
    label('All Hosts', { label_type: 'builtin', count: 9 }),
    label('design', { label_membership_type: 'host_vitals' }),
  ];
  const names = (search: Parameters<typeof listed>[1]) =>
    listed(all, search).map((each) => each.name);

  it('is by name, whatever its letters', () => {
    expect(names({})).toEqual(['All Hosts', 'design', 'Pilot']);
  });
  it('narrows by text and kind and sorts by count', () => {
    expect(names({ query: 'pil' })).toEqual(['Pilot']);
    expect(names({ type: 'attributes' })).toEqual(['design']);
    expect(names({ order_key: 'count', order_direction: 'desc' })).toEqual([
      'All Hosts',
      'Pilot',
      'design',
    ]);
  });
});

describe('a new label', () => {
  const fields: LabelFields = {
    ...emptyFields('SELECT 1'),
    name: ' n ',
    hosts: [4],
    criteria: { mode: 'and', list: [{ vital: 'hostname', operator: '=', value: 'web' }] },
  };
  it('sends what its kind has', () => {
    expect(forCreation('dynamic', fields, undefined)).toEqual({
      name: 'n',
      description: '',
      query: 'SELECT 1',
      platform: '',
    });
    expect(forCreation('manual', fields, 2)).toEqual({
      name: 'n',
      description: '',
      team_id: 2,
      host_ids: [4],
    });
    expect(forCreation('attributes', fields, undefined).criteria).toEqual({
      vital: 'hostname',
      value: 'web',
    });
  });
  it('waits for what is missing', () => {
    expect(ready('dynamic', emptyFields(''))).toBe(false);
    expect(ready('dynamic', fields)).toBe(true);
    expect(ready('attributes', { ...fields, criteria: emptyFields('').criteria })).toBe(false);
    expect(ready('manual', { ...fields, hosts: [] })).toBe(true);
  });
});

it('reads lists as people paste them', () => {
  expect(pastedNames('a\nb,c\r\n"d"\te\n\n a ')).toEqual(['a', 'b', 'c', 'd']);
});
