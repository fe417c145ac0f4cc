import { expect, it } from 'vitest';
import { withVisit } from './recent';

it('notes objects once, the last one first', () => {
  let known = withVisit([], '/hosts/4/details', 'mac-4 | Hosts | Fleet');
  known = withVisit(known, '/policies/2/edit', 'Edit Disk | Policies | Fleet');
  known = withVisit(known, '/hosts/4/software', 'mac-4 | Hosts | Fleet');
  expect(known).toEqual([
    { href: '/hosts/4/software', title: 'mac-4 | Hosts' },
    { href: '/policies/2', title: 'Disk | Policies' },
  ]);
});

it('lists are not objects', () => {
  expect(withVisit([], '/hosts/manage', 'Hosts | Fleet')).toEqual([]);
});
