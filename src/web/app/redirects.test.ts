import { expect, it } from 'vitest';
import { newAddress } from './redirects';

it.each([
  ['/queries/{rest}', { _splat: '4/edit' }, '', '/queries/4/edit'],
  ['/dashboard', {}, '?team_id=2', '/dashboard?team_id=2'],
  ['/hosts/manage?label_id={labelId}', { labelId: '7' }, '', '/hosts/manage?label_id=7'],
  [
    '/hosts/manage?label_id={labelId}',
    { labelId: '7' },
    '?status=online',
    '/hosts/manage?label_id=7&status=online',
  ],
])('%s', (to, params, search, wanted) => {
  expect(newAddress(to, params, search)).toBe(wanted);
});
