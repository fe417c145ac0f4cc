// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Team } from '@/api/teams';
import { show } from '@/test/page';
import { admin, faults, serve, teamAdmin } from '@/test/server';
import type { TeamTab } from './search';
import { TeamPage } from './TeamPage';
import { arrange } from './TeamsPage';

const team = {
  id: 5,
  name: 'Laptops',
  description: 'What people carry',
  created_at: '2026-01-01T00:00:00Z',
  user_count: 1,
  host_count: 41,
  host_expiry_settings: { host_expiry_enabled: false, host_expiry_window: 0 },
} as Team;
const bo = {
  ...admin.user,
  id: 7,
  name: 'Bo',
  global_role: null,
  role: 'observer',
  teams: [{ id: 5, name: 'Laptops', role: 'observer' }],
};
const di = {
  ...bo,
  id: 8,
  name: 'Di',
  role: undefined,
  teams: [{ id: 6, name: 'X', role: 'admin' }],
};
const secret = { secret: 'first-secret', created_at: '2026-01-01T00:00:00Z', use_limit: null };
const answers = {
  'GET /me': admin,
  'GET /config': {},
  'GET /teams/5/users': { users: [bo] },
  'GET /teams/5/secrets': { secrets: [secret] },
  'GET /users': { users: [admin.user, bo, di] },
};
const open = (tab: TeamTab) => show(<TeamPage team={team} tab={tab} onTab={vi.fn()} />);

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the page of a team', () => {
  it('changes the role of a member', async () => {
    const asked = serve({ ...answers, 'PATCH /teams/5/users': { team } });
    const { container } = await open('members');
    await userEvent.selectOptions(await screen.findByLabelText('Role of Bo'), 'maintainer');
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({
        users: [{ id: 7, role: 'maintainer' }],
      }),
    );
    expect(await faults(container)).toEqual([]);
  });

  it('adds people who have no role on everything and are no members yet', async () => {
    const asked = serve({ ...answers, 'PATCH /teams/5/users': { team } });
    await open('members');
    await userEvent.click(await screen.findByRole('button', { name: 'Add members' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.click(await dialog.findByRole('checkbox', { name: /Di/ }));
    expect(dialog.getAllByRole('checkbox')).toHaveLength(1);
    await userEvent.selectOptions(dialog.getByLabelText('Role on this team'), 'admin');
    await userEvent.click(dialog.getByRole('button', { name: 'Add 1 member' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({
        users: [{ id: 8, role: 'admin' }],
      }),
    );
  });

  it('removes a member after saying what that means', async () => {
    const asked = serve({ ...answers, 'DELETE /teams/5/users': { team } });
    await open('members');
    await userEvent.click(await screen.findByRole('button', { name: 'Remove Bo from the team' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/can see and do nothing/)).toBeTruthy();
    await userEvent.click(dialog.getByRole('button', { name: 'Remove' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'DELETE')?.body).toEqual({ users: [{ id: 7 }] }),
    );
  });

  it('keeps secrets covered until asked, and adds one with limits', async () => {
    const asked = serve({ ...answers, 'PATCH /teams/5/secrets': { secrets: [] } });
    const { container } = await open('secrets');
    await screen.findByRole('button', { name: 'Show secret' });
    expect(screen.queryByText('first-secret')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show secret' }));
    expect(screen.getByText('first-secret')).toBeTruthy();
    expect(await faults(container)).toEqual([]);

    await userEvent.click(screen.getByRole('button', { name: 'Add secret' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.clear(dialog.getByLabelText('Secret'));
    await userEvent.type(dialog.getByLabelText('Secret'), 'second');
    await userEvent.type(dialog.getByLabelText(/Good for this many hosts/), '10');
    await userEvent.click(dialog.getByRole('button', { name: 'Add secret' }));
    await waitFor(() => expect(asked.some(({ method }) => method === 'PATCH')).toBe(true));
    expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({
      secrets: [
        { secret: 'first-secret' },
        { secret: 'second', name: '', expires_at: null, use_limit: 10 },
      ],
    });
  });

  it('replaces a secret by a new one', async () => {
    const asked = serve({ ...answers, 'PATCH /teams/5/secrets': { secrets: [] } });
    await open('secrets');
    await userEvent.click(await screen.findByRole('button', { name: 'Replace by a new secret' }));
    await userEvent.click(within(await screen.findByRole('dialog')).getByText('Replace'));
    await waitFor(() => expect(asked.some(({ method }) => method === 'PATCH')).toBe(true));
    const { secrets } = asked.find(({ method }) => method === 'PATCH')?.body as {
      secrets: { secret: string }[];
    };
    expect(secrets).toHaveLength(1);
    expect(secrets[0]?.secret).not.toBe('first-secret');
    expect(secrets[0]?.secret.length).toBeGreaterThan(20);
  });

  it('is deleted only by typing its name, and says what goes with it', async () => {
    const asked = serve({ ...answers, 'DELETE /teams/5': {} });
    await open('members');
    await userEvent.click(await screen.findByRole('button', { name: 'Delete' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(dialog.getByText(/41 hosts move to “No team”/)).toBeTruthy();
    const button = dialog.getByRole('button', { name: 'Delete team' });
    expect(button).toHaveProperty('disabled', true);
    await userEvent.type(dialog.getByRole('textbox'), 'Laptops');
    await userEvent.click(button);
    await waitFor(() => expect(asked.some(({ method }) => method === 'DELETE')).toBe(true));
  });

  it('gives its administrators no list of everybody, but lets them create users', async () => {
    const asked = serve({ ...answers, 'GET /me': teamAdmin });
    await open('members');
    expect(await screen.findByRole('link', { name: /Create user/ })).toBeTruthy();
    expect(screen.queryByRole('button', { name: 'Add members' })).toBeNull();
    expect(asked.some(({ path }) => path.startsWith('/users'))).toBe(false);
  });

  it('shows observers the members and nothing to change', async () => {
    const observer = {
      user: { ...teamAdmin.user, teams: [{ id: 5, name: 'Laptops', role: 'observer' }] },
    };
    serve({ ...answers, 'GET /me': observer });
    await open('settings');
    expect(await screen.findByText('Observer')).toBeTruthy();
    expect(screen.getAllByRole('tab')).toHaveLength(1);
    expect(screen.queryByRole('button', { name: 'Delete' })).toBeNull();
  });
});

it('teams are searched and sorted where they are shown', () => {
  const b = { ...team, id: 6, name: 'Servers', host_count: 7 };
  const names = (query: string | undefined, key: string, direction: 'asc' | 'desc') =>
    arrange([b, team], query, { key, direction }).map(({ name }) => name);
  expect(names(undefined, 'name', 'asc')).toEqual(['Laptops', 'Servers']);
  expect(names(undefined, 'host_count', 'desc')).toEqual(['Laptops', 'Servers']);
  expect(names(undefined, 'host_count', 'asc')).toEqual(['Servers', 'Laptops']);
  expect(names('LAP', 'name', 'asc')).toEqual(['Laptops']);
});
