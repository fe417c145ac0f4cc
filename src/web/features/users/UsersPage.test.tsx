// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { show } from '@/test/page';
import { admin, faults, Refusal, serve, teamAdmin } from '@/test/server';
import { UsersPage } from './UsersPage';

const bo = {
  ...admin.user,
  id: 7,
  name: 'Bo',
  email: 'bo@corp.test',
  global_role: null,
  teams: [{ id: 5, name: 'Laptops', role: 'observer' }],
};
const invite = {
  id: 4,
  email: 'cy@corp.test',
  name: 'Cy',
  sso_enabled: false,
  global_role: 'observer',
  teams: [],
  created_at: '2026-01-02T00:00:00Z',
};
const answers = {
  'GET /me': admin,
  'GET /users': { users: [admin.user, bo] },
  'GET /invites': { invites: [invite] },
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('the list of users', () => {
  it('shows who may do what, and never offers to delete oneself', async () => {
    serve(answers);
    const { container } = await show(<UsersPage search={{}} onSearch={vi.fn()} />);
    expect(await screen.findByText('Observer of Laptops')).toBeTruthy();
    expect(screen.getByText('You')).toBeTruthy();
    expect(await faults(container)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Actions for Ada Lovelace' }));
    const menu = within(await screen.findByRole('menu'));
    expect(menu.getByText('Sign out everywhere')).toBeTruthy();
    expect(menu.queryByText('Delete')).toBeNull();
  });

  it('deletes after asking', async () => {
    const asked = serve({ ...answers, 'DELETE /users/7': {} });
    await show(<UsersPage search={{}} onSearch={vi.fn()} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for Bo' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }));
    const dialog = within(await screen.findByRole('dialog'));
    expect(asked.some(({ method }) => method === 'DELETE')).toBe(false);
    await userEvent.click(dialog.getByRole('button', { name: 'Delete' }));
    await waitFor(() => expect(asked.some(({ method }) => method === 'DELETE')).toBe(true));
  });

  it('requires a password reset', async () => {
    const asked = serve({ ...answers, 'POST /users/7/require_password_reset': { user: bo } });
    await show(<UsersPage search={{}} onSearch={vi.fn()} />);
    await userEvent.click(await screen.findByRole('button', { name: 'Actions for Bo' }));
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Require password reset' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({ require: true }),
    );
  });

  it('sends an invitation again by replacing it', async () => {
    const asked = serve({ ...answers, 'DELETE /invites/4': {}, 'POST /invites': { invite } });
    await show(<UsersPage search={{ tab: 'invites' }} onSearch={vi.fn()} />);
    await userEvent.click(
      await screen.findByRole('button', { name: 'Send again to cy@corp.test' }),
    );
    await waitFor(() => expect(asked.some(({ method }) => method === 'POST')).toBe(true));
    const writes = asked.filter(({ method }) => method !== 'GET');
    expect(writes.map(({ method, path }) => `${method} ${path}`)).toEqual([
      'DELETE /invites/4',
      'POST /invites',
    ]);
    expect(writes[1]?.body).toMatchObject({ email: 'cy@corp.test', global_role: 'observer' });
  });

  it('has something to say when nobody matches, and when the server fails', async () => {
    serve({ ...answers, 'GET /users': { users: null } });
    const onSearch = vi.fn();
    const first = await show(<UsersPage search={{ query: 'zzz' }} onSearch={onSearch} />);
    await screen.findByText('No user matches');
    first.unmount();
    serve({ ...answers, 'GET /users': new Refusal(500, 'database gone') });
    await show(<UsersPage search={{}} onSearch={onSearch} />);
    expect(await screen.findByText('database gone')).toBeTruthy();
  });

  it('is not for people who administer teams only', async () => {
    serve({ ...answers, 'GET /me': teamAdmin });
    await show(<UsersPage search={{}} onSearch={vi.fn()} />);
    expect(await screen.findByText('Only administrators manage users')).toBeTruthy();
  });
});
