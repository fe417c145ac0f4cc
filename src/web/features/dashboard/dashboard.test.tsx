// @vitest-environment jsdom
import { screen } from '@testing-library/react';
import { afterEach, describe, expect, it } from 'vitest';
import { close, open } from '@/test/app';
import { faults, Refusal } from '@/test/server';
import { familyCounts } from './SharesCards';

afterEach(close);

const summary = {
  totals_hosts_count: 41,
  online_count: 35,
  offline_count: 6,
  mia_count: 0,
  missing_30_days_count: 2,
  new_count: 1,
  all_linux_count: 21,
  low_disk_space_count: 3,
  platforms: [
    { platform: 'darwin', hosts_count: 20 },
    { platform: 'ubuntu', hosts_count: 20 },
    { platform: 'debian', hosts_count: 1 },
  ],
  builtin_labels: [],
};
const server = {
  'GET /host_summary': summary,
  'GET /host_summary/history': {
    history: [
      { at: '2026-03-05T07:00:00Z', online: 30, total: 40 },
      { at: '2026-03-05T08:00:00Z', online: 35, total: 41 },
    ],
  },
  'GET /host_summary/os_versions': {
    os_versions: [{ platform: 'ubuntu', os_version: 'Ubuntu 24.04.1 LTS', hosts_count: 20 }],
  },
  'GET /policies': {},
  'GET /software/titles': { software_titles: [], count: 0 },
  'GET /activities': {
    activities: [
      {
        id: 1,
        created_at: '2026-03-05T08:15:30Z',
        actor_full_name: 'Bo',
        type: 'created_team',
        details: { team_id: 2, team_name: 'Laptops' },
      },
    ],
    meta: { has_next_results: false, has_previous_results: false },
  },
};

describe('the dashboard', () => {
  it('counts hosts, each count leading to them', async () => {
    const { container } = open('/dashboard', server);
    const online = await screen.findByRole('link', { name: /35\s*Online/ });
    expect(online.getAttribute('href')).toBe('/hosts/manage?status=online');
    const disk = screen.getByRole('link', { name: /3\s*Low disk space/ });
    expect(disk.getAttribute('href')).toBe('/hosts/manage?low_disk_space=32');
    const linux = await screen.findByRole('link', { name: 'Linux' });
    expect(linux.getAttribute('href')).toBe('/hosts/manage?platform=linux');
    expect(await screen.findByText(/created the team/)).toBeTruthy();
    const chart = await screen.findByRole('slider', { name: 'Hosts online over time' });
    expect(chart.getAttribute('aria-valuetext')).toMatch(/Online 35, All hosts 41/);
    const version = await screen.findByRole('link', { name: 'Ubuntu 24.04.1 LTS' });
    expect(version.getAttribute('href')).toBe(
      '/hosts/manage?os_name=Ubuntu&os_version=24.04.1+LTS',
    );
    expect(document.title).toBe('Dashboard | Fleet');
    expect(await faults(container)).toEqual([]);
  });

  it('without hosts offers to add some', async () => {
    open('/dashboard', { ...server, 'GET /host_summary': { ...summary, totals_hosts_count: 0 } });
    const add = await screen.findByRole('link', { name: 'Add hosts' });
    expect(add.getAttribute('href')).toBe('/hosts/manage?add_hosts=true');
  });

  it('without hosts tells an observer whom to ask', async () => {
    open(
      '/dashboard',
      { ...server, 'GET /host_summary': { ...summary, totals_hosts_count: 0 } },
      'observer',
    );
    expect(await screen.findByText(/administrator or maintainer can add/)).toBeTruthy();
    expect(screen.queryByRole('link', { name: 'Add hosts' })).toBeNull();
  });

  it('asks for one team and passes it on', async () => {
    const { asked } = open('/dashboard?team_id=2', {
      ...server,
      'GET /teams': { teams: [{ id: 2, name: 'Laptops' }] },
    });
    const online = await screen.findByRole('link', { name: /35\s*Online/ });
    expect(online.getAttribute('href')).toBe('/hosts/manage?team_id=2&status=online');
    const request = asked.find((each) => each.path === '/host_summary');
    expect(request?.search.get('team_id')).toBe('2');
    expect(await screen.findByRole('button', { name: 'Team: Laptops' })).toBeTruthy();
  });

  it('a part that fails leaves the others alone', async () => {
    open('/dashboard', {
      ...server,
      'GET /policies': new Refusal(403, 'Forbidden', [], 'u-7'),
    });
    expect(await screen.findByText('u-7')).toBeTruthy();
    expect(screen.getByRole('link', { name: /35\s*Online/ })).toBeTruthy();
  });
});

it('adds distributions up to Linux', () => {
  expect([...familyCounts(summary.platforms)]).toEqual([
    ['darwin', 20],
    ['linux', 21],
  ]);
});
