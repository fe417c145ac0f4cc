import { describe, expect, it } from 'vitest';
import type { Policy } from '@/api/policies';
import { changes, consequence, fieldsOf, forCreation, passRates } from './fields';

const saved = {
  id: 1,
  name: 'Disk encrypted',
  query: 'SELECT 1',
  description: '',
  critical: false,
  platform: 'darwin',
  labels_include_any: [{ id: 8, name: 'Kiosks' }],
} as unknown as Policy;

describe('what is sent', () => {
  it('is only what changed', () => {
    const before = fieldsOf(saved);
    expect(changes(before, before)).toEqual({});
    expect(changes(before, { ...before, name: 'x', labels_include_any: [] })).toEqual({
      name: 'x',
      labels_include_any: [],
    });
  });

  it('leaves unused labels out of a new policy', () => {
    const body = forCreation({ ...fieldsOf(undefined, 'SELECT 1'), name: 'n' });
    expect(Object.keys(body)).toEqual(['name', 'query', 'description', 'resolution', 'platform']);
    expect(forCreation({ ...fieldsOf(saved), critical: true })).toMatchObject({
      critical: true,
      labels_include_any: ['Kiosks'],
    });
  });
});

it('says when answers get lost', () => {
  expect(consequence({ name: 'x' })).toBeNull();
  expect(consequence({ query: 'SELECT 2' })).toMatch(/all answers/);
  expect(consequence({ labels_exclude_any: [] })).toMatch(/no longer asked/);
});

it('the pass rate has a gap on days without an answer', () => {
  const rates = passRates([
    { day: '2026-11-01', passing: 3, failing: 1, no_answer: 0 },
    { day: '2026-11-02', passing: 0, failing: 0, no_answer: 4 },
  ]);
  expect(rates.map((rate) => rate.y)).toEqual([75, null]);
});
