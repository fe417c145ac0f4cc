// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { close, open } from '@/test/app';
import { faults } from '@/test/server';

afterEach(close);

const host = (id: number) => ({
  id,
  hostname: `host-${id}`,
  display_name: `Host ${id}`,
  computer_name: '',
  platform: 'debian',
  os_version: 'Debian 12',
  osquery_version: '5.23.0',
  status: 'online',
  seen_time: '2026-03-05T08:00:00Z',
  detail_updated_at: '2026-03-05T08:00:00Z',
  created_at: '2026-03-05T08:00:00Z',
  gigs_disk_space_available: 10,
  percent_disk_space_available: 50,
  gigs_total_disk_space: 20,
  team_id: null,
  team_name: null,
  issues: { failing_policies_count: id, total_issues_count: id },
});
const server = {
  'GET /hosts': { hosts: [host(1), host(2)] },
  'GET /hosts/count': { count: 40 },
  'GET /spec/enroll_secret': { spec: { secrets: [{ secret: 's', created_at: '' }] } },
  'GET /labels/summary': {
    labels: [
      { id: 7, name: 'Pilot', description: '', label_type: 'regular' },
      { id: 8, name: 'Kiosk', description: '', label_type: 'regular' },
    ],
  },
};

describe('the list of hosts', () => {
  it('shows each filter with its way out, and asks for all of them together', async () => {
    const { asked, at, container } = open(
      '/hosts/manage?label_id=7&policy_id=61&policy_response=failing&platform=linux&team_id=0',
      {
        ...server,
        'GET /labels/7/hosts': { hosts: [host(1)] },
        'GET /policies/61': { policy: { id: 61, name: 'Disk encrypted' } },
      },
    );
    const filters = await screen.findByRole('list', { name: 'Filters' });
    await within(filters).findByText('Disk encrypted');
    expect(within(filters).getByText('Pilot')).toBeTruthy();
    const request = asked.find((each) => each.path === '/labels/7/hosts');
    expect(Object.fromEntries(request?.search ?? [])).toMatchObject({
      policy_id: '61',
      policy_response: 'failing',
      platform: 'linux',
      team_id: '0',
    });
    await userEvent.click(screen.getByRole('button', { name: 'Remove filter Policy' }));
    await waitFor(() => expect(at()).toBe('/hosts/manage?label_id=7&platform=linux&team_id=0'));
    expect(await faults(container)).toEqual([]);
  });

  it('labels are combined without writing an expression', async () => {
    const { at } = open('/hosts/manage', server);
    await screen.findByRole('table', { name: 'Hosts' });
    await userEvent.click(screen.getByRole('button', { name: /Platform or label/ }));
    await userEvent.click(await screen.findByRole('option', { name: /Combine labels/ }));
    const dialog = await screen.findByRole('dialog', { name: 'Combine labels' });
    await userEvent.click(within(dialog).getByRole('button', { name: /With none of: add/ }));
    await userEvent.click(await screen.findByRole('option', { name: 'Kiosk' }));
    await within(dialog).findByText('40 hosts');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Show hosts' }));
    await waitFor(() => expect(at()).toBe('/hosts/manage?labels=not+8'));
    expect(await screen.findByText('not “Kiosk”')).toBeTruthy();
  });

  it('deletes all that match by filter, not by ids', async () => {
    const { asked } = open('/hosts/manage?status=online', {
      ...server,
      'POST /hosts/delete': {},
    });
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select Host 1' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Select all 40 matching' }));
    expect(screen.getByText('40 hosts selected')).toBeTruthy();
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    const dialog = screen.getByRole('dialog');
    const confirm = within(dialog).getByRole('button', { name: 'Delete' });
    expect(confirm.hasAttribute('disabled')).toBe(true);
    await userEvent.type(within(dialog).getByRole('textbox'), '40');
    await userEvent.click(confirm);
    await waitFor(() =>
      expect(asked.find((each) => each.path === '/hosts/delete')?.body).toEqual({
        filters: { status: 'online' },
      }),
    );
  });

  it('moves chosen hosts to a team', async () => {
    const { asked } = open('/hosts/manage', {
      ...server,
      'GET /teams': { teams: [{ id: 2, name: 'Laptops', host_count: 1 }] },
      'POST /hosts/transfer': {},
    });
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select Host 2' }));
    await userEvent.click(await screen.findByRole('button', { name: 'Move to team' }));
    const dialog = screen.getByRole('dialog');
    await userEvent.selectOptions(within(dialog).getByLabelText('Team'), 'Laptops');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Move' }));
    await waitFor(() =>
      expect(asked.find((each) => each.path === '/hosts/transfer')?.body).toEqual({
        team_id: 2,
        hosts: [2],
      }),
    );
  });

  it('refetches the chosen hosts one by one, and says what was refused', async () => {
    const { asked } = open('/hosts/manage', { ...server, 'POST /hosts/1/refetch': {} });
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select all on this page' }));
    await userEvent.click(screen.getByRole('button', { name: 'Refetch' }));
    const dialog = screen.getByRole('dialog', { name: 'Refetch 2 hosts?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Refetch' }));
    await screen.findByText('New details were asked of 1 host.');
    expect(screen.getByText('1 host could not be asked.')).toBeTruthy();
    expect(asked.map(({ path }) => path).filter((path) => path.endsWith('/refetch'))).toEqual([
      '/hosts/1/refetch',
      '/hosts/2/refetch',
    ]);
    expect(screen.queryByText(/selected/)).toBeNull();
  });

  it('an observer may refetch, and nothing more', async () => {
    open('/hosts/manage', server, 'observer');
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select Host 1' }));
    expect(screen.getByRole('button', { name: 'Refetch' })).toBeTruthy();
    for (const name of ['Delete', 'Label', 'Add hosts']) {
      expect(screen.queryByRole('button', { name })).toBeNull();
    }
  });

  it('empty, waits for the first host and says how to get it', async () => {
    open('/hosts/manage', {
      ...server,
      'GET /hosts': { hosts: [] },
      'GET /hosts/count': { count: 0 },
    });
    expect(await screen.findByText('No hosts yet')).toBeTruthy();
  });

  it('a filter that finds nothing can be cleared', async () => {
    const { at } = open('/hosts/manage?team_id=0&vulnerability=CVE-2026-1', {
      ...server,
      'GET /hosts': { hosts: [] },
    });
    await screen.findByText('No host matches');
    const [clear] = screen.getAllByRole('button', { name: 'Clear filters' });
    if (clear) await userEvent.click(clear);
    await waitFor(() => expect(at()).toBe('/hosts/manage?team_id=0'));
  });
});

it.each([
  ['/', '/dashboard'],
  ['/hosts/manage/labels/7', '/hosts/manage?label_id=7'],
  ['/hosts/4', '/hosts/4/details'],
  ['/hosts/4/schedule', '/hosts/4/queries'],
  ['/reports/manage?fleet_id=3', '/queries/manage?team_id=3'],
  ['/software/manage', '/software/titles'],
  ['/dashboard/linux', '/dashboard?platform=linux'],
])('the old address %s leads to %s', async (from, to) => {
  const { at } = open(from, server);
  await waitFor(() => expect(at()).toBe(to));
});
