// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { close, open } from '@/test/app';
import { faults } from '@/test/server';

vi.mock('@/components/SqlEditor', () => ({
  SqlEditor: ({ label, value }: { label: string; value: string }) => (
    <textarea aria-label={label} value={value} readOnly />
  ),
}));

afterEach(close);

const host = {
  id: 4,
  hostname: 'lap-4',
  display_name: 'Bo’s Mac',
  status: 'online',
  platform: 'darwin',
  os_version: 'macOS 26.1',
  seen_time: '2026-03-05T08:00:00Z',
  detail_updated_at: '2026-03-05T08:00:00Z',
  created_at: '2026-03-05T08:00:00Z',
  last_enrolled_at: '2026-03-05T08:00:00Z',
  memory: 1,
  uptime: 1,
  team_id: null,
  team_name: null,
  labels: [{ id: 21, name: 'Pilot', description: '', label_type: 'regular' }],
  policies: [
    { id: 2, name: 'Passes', query: '', description: '', team_id: null, response: 'pass' },
    { id: 3, name: 'Waits', query: '', description: '', team_id: null, response: '' },
    {
      id: 1,
      name: 'Fails',
      query: 'SELECT 1',
      description: 'why',
      resolution: 'do this',
      team_id: null,
      response: 'fail',
    },
  ],
};
const server = {
  'GET /hosts/4': { host },
  'GET /labels': {
    labels: [
      { id: 21, name: 'Pilot', label_type: 'regular', label_membership_type: 'manual', count: 1 },
      { id: 22, name: 'Kiosk', label_type: 'regular', label_membership_type: 'manual', count: 1 },
    ],
  },
};

describe('the page of a host', () => {
  it('lists failing policies first, with what to do about them', async () => {
    const { container } = open('/hosts/4/policies', server);
    const list = await screen.findByRole('list', { name: 'Policies of this host' });
    const names = within(list)
      .getAllByRole('button')
      .map((button) => button.textContent);
    expect(names).toEqual(['Fails', 'Waits', 'Passes']);
    await userEvent.click(screen.getByRole('button', { name: 'Fails' }));
    expect(await screen.findByText('do this')).toBeTruthy();
    await userEvent.keyboard('{Escape}');
    expect(await faults(container)).toEqual([]);
  });

  it('gives and takes manual labels', async () => {
    const { asked } = open('/hosts/4/details', {
      ...server,
      'POST /hosts/4/labels': {},
      'DELETE /hosts/4/labels': {},
    });
    await userEvent.click(await screen.findByRole('button', { name: 'Add a label: Add label' }));
    await userEvent.click(await screen.findByRole('option', { name: 'Kiosk' }));
    await waitFor(() =>
      expect(asked.find((each) => each.method === 'POST')?.body).toEqual({ labels: ['Kiosk'] }),
    );
    await userEvent.click(await screen.findByRole('button', { name: 'Remove the label Pilot' }));
    await waitFor(() =>
      expect(asked.find((each) => each.method === 'DELETE')?.body).toEqual({ labels: ['Pilot'] }),
    );
  });

  it('has its software', async () => {
    open('/hosts/4/software', {
      ...server,
      'GET /hosts/4/software': {
        count: 1,
        software: [
          {
            id: 31,
            name: 'Old.app',
            source: 'apps',
            installed_versions: [{ version: '1.2', vulnerabilities: null }],
          },
        ],
      },
    });
    expect(await screen.findByRole('link', { name: 'Old.app' })).toBeTruthy();
    expect(screen.getByText('Application (macOS)')).toBeTruthy();
  });

  it('an observer only looks', async () => {
    open('/hosts/4/details', server, 'observer');
    await screen.findByRole('heading', { level: 1, name: 'Bo’s Mac' });
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
    expect(screen.queryByRole('button', { name: /Remove the label/ })).toBeNull();
    expect(screen.getByRole('button', { name: 'Refetch' })).toBeTruthy();
  });

  it('that is gone says so on every tab', async () => {
    open('/hosts/9/policies');
    expect(await screen.findByText('This host does not exist')).toBeTruthy();
  });
});
