import { expect, it } from 'vitest';
import type { HostView } from '@/api/views';
import { isShown, viewFilters, viewSearch } from './views';

const view = (filters: HostView['filters']) =>
  ({ id: 1, name: 'v', filters, shared: false, owner_name: '', own: true }) as HostView;

it('a view is filters and order without the page', () => {
  expect(
    viewFilters({ status: 'online', label_id: 7, page: 4, add_hosts: true, order_key: 'uuid' }),
  ).toEqual({ status: 'online', label_id: 7, order_key: 'uuid', order_direction: 'asc' });
  expect(viewFilters({})).toEqual({});
});

it('comes back as it was saved', () => {
  const search = { status: 'online', team_id: 0, policy_id: 3, order_direction: 'desc' } as const;
  const saved = view(viewFilters(search));
  expect(viewSearch(saved)).toMatchObject({
    status: 'online',
    team_id: 0,
    policy_id: 3,
    order_key: 'display_name',
    order_direction: 'desc',
  });
  expect(isShown(saved, { ...search, page: 3 })).toBe(true);
  expect(isShown(saved, { status: 'online' })).toBe(false);
});
