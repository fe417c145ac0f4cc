// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it } from 'vitest';
import { close, open } from '@/test/app';
import { faults } from '@/test/server';

afterEach(close);

const empty = {
  'GET /labels': { labels: [] },
  'GET /queries': { queries: [], count: 0 },
  'GET /policies': {},
  'GET /policies/count': { count: 0 },
  'GET /software/titles': { software_titles: [], count: 0 },
  'GET /activities': { activities: [], meta: {} },
};

describe('the frame', () => {
  it('leads everywhere and takes the team along', async () => {
    open('/queries/manage?team_id=2', {
      ...empty,
      'GET /teams': { teams: [{ id: 2, name: 'Laptops' }] },
    });
    const hosts = await screen.findByRole('link', { name: 'Hosts' });
    expect(hosts.getAttribute('href')).toBe('/hosts/manage?team_id=2');
    const here = screen.getByRole('link', { name: 'Queries' });
    expect(here.getAttribute('aria-current')).toBe('page');
  });

  it('g and a letter go places, ? lists the keys', async () => {
    const { at } = open('/labels/manage', empty);
    await screen.findByRole('heading', { level: 1, name: 'Labels' });
    await userEvent.keyboard('gp');
    await waitFor(() => expect(at()).toBe('/policies/manage'));
    await userEvent.keyboard('?');
    expect(await screen.findByRole('dialog', { name: 'Keyboard shortcuts' })).toBeTruthy();
  });

  it('the team switcher searches among many', async () => {
    const teams = Array.from({ length: 12 }, (_, n) => ({ id: n + 1, name: `Team ${n + 1}` }));
    const { at } = open('/policies/manage', { ...empty, 'GET /teams': { teams } });
    await userEvent.click(await screen.findByRole('button', { name: 'Team: All teams' }));
    await userEvent.type(await screen.findByRole('combobox', { name: 'Team' }), '12{Enter}');
    await waitFor(() => expect(at()).toBe('/policies/manage?team_id=12'));
  });
});

describe('the palette', () => {
  it('finds hosts, labels and pages by name', async () => {
    const { at, baseElement } = open('/labels/manage', {
      ...empty,
      'GET /labels/summary': {
        labels: [{ id: 7, name: 'Web servers', description: '', label_type: 'regular' }],
      },
      'POST /hosts/search': { hosts: [{ id: 4, display_name: 'web-4', status: 'online' }] },
      'GET /hosts/count': { count: 0 },
    });
    await screen.findByRole('heading', { level: 1, name: 'Labels' });
    await userEvent.keyboard('{Control>}k{/Control}');
    const input = await screen.findByRole('combobox', { name: /^Find/ });
    await userEvent.type(input, 'web');
    expect(await screen.findByRole('option', { name: /web-4/ })).toBeTruthy();
    const dialog = screen.getByRole('dialog');
    expect(await faults(dialog)).toEqual([]);
    await userEvent.click(await screen.findByRole('option', { name: /Web servers/ }));
    await waitFor(() => expect(at()).toBe('/hosts/manage?label_id=7'));
    expect(baseElement.querySelector('[role="dialog"]')).toBeNull();
  });

  it('Enter takes the first', async () => {
    const { at } = open('/labels/manage', { ...empty, 'POST /hosts/search': { hosts: [] } });
    await userEvent.click(await screen.findByRole('button', { name: /^Find/ }));
    await userEvent.type(await screen.findByRole('combobox', { name: /^Find/ }), 'activ{Enter}');
    await waitFor(() => expect(at()).toBe('/activity'));
  });
});
