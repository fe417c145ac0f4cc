import { expect, it } from 'vitest';
import { viewOf, withView } from './views';

it('a view is filters and order without the page', () => {
  expect(viewOf({ status: 'online', page: 4, add_hosts: true, order_key: 'uuid' })).toBe(
    '?status=online&order_key=uuid',
  );
  expect(viewOf({})).toBe('');
});

it('a name is used once', () => {
  const views = withView(withView([], { name: 'b', search: '1' }), { name: 'a', search: '2' });
  expect(withView(views, { name: 'b', search: '3' })).toEqual([
    { name: 'a', search: '2' },
    { name: 'b', search: '3' },
  ]);
});
