// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { show } from '@/test/page';
import { admin, faults, Refusal, serve, teamAdmin } from '@/test/server';
import { NewUserPage } from './NewUserPage';

const answers = {
  'GET /me': admin,
  'GET /config': { smtp_settings: { enable_smtp: false }, sso_settings: { enable_sso: false } },
  'GET /teams': {
    teams: [
      { id: 5, name: 'Laptops' },
      { id: 6, name: 'Servers' },
    ],
  },
  'GET /rest_api': {
    api_endpoints: [
      { method: 'GET', path: '/api/v1/fleet/hosts' },
      { method: 'GET', path: '/api/v1/fleet/labels' },
    ],
  },
};
const password = 'long enough 1!';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a new user', () => {
  it('gets an account with a first password', async () => {
    const asked = serve({ ...answers, 'POST /users/admin': { user: { id: 9 } } });
    const { container } = await show(<NewUserPage search={{}} onKind={vi.fn()} />);
    await userEvent.type(await screen.findByLabelText('Name'), 'Bo');
    expect(await faults(container)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Create user' }));
    expect(screen.getByText('Enter an email address.')).toBeTruthy();
    await userEvent.type(screen.getByLabelText('Email'), 'bo@corp.test');
    await userEvent.type(screen.getByLabelText('Password'), password);
    await userEvent.type(screen.getByLabelText('Password, again'), password);
    await userEvent.click(screen.getByRole('button', { name: 'Create user' }));
    await waitFor(() => expect(asked.some(({ method }) => method === 'POST')).toBe(true));
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({
      name: 'Bo',
      email: 'bo@corp.test',
      password,
      sso_enabled: false,
      mfa_enabled: false,
      admin_forced_password_reset: true,
      global_role: 'observer',
      teams: [],
    });
  });

  it('cannot be invited while the server sends no mail, and the form says why', async () => {
    serve(answers);
    await show(<NewUserPage search={{}} onKind={vi.fn()} />);
    await screen.findByText(/Set up SMTP first/);
    expect(screen.getByRole('radio', { name: /Invite by email/ })).toHaveProperty('disabled', true);
  });

  it('of a program gets a token that is shown once, with only some endpoints', async () => {
    const asked = serve({
      ...answers,
      'POST /users/api_only': { user: { id: 9 }, token: 't0ken' },
    });
    await show(<NewUserPage search={{ kind: 'api' }} onKind={vi.fn()} />);
    await userEvent.type(await screen.findByLabelText('Name'), 'Robot');
    await userEvent.click(screen.getByLabelText('Only some endpoints of the API'));
    await userEvent.click(screen.getByRole('button', { name: 'Create API-only user' }));
    expect(screen.getByText('Choose at least one endpoint, or lift the limit.')).toBeTruthy();
    await userEvent.click(await screen.findByLabelText(/fleet\/hosts/));
    await userEvent.click(screen.getByRole('button', { name: 'Create API-only user' }));
    expect(await screen.findByText('t0ken')).toBeTruthy();
    expect(asked.find(({ method }) => method === 'POST')?.body).toEqual({
      name: 'Robot',
      global_role: 'observer',
      fleets: [],
      api_endpoints: [{ method: 'GET', path: '/api/v1/fleet/hosts' }],
    });
  });

  it('shows the refusals of the server where they belong', async () => {
    serve({
      ...answers,
      'POST /users/admin': new Refusal(422, 'Validation Failed', [
        { name: 'password', reason: 'The password is too common.' },
      ]),
    });
    await show(<NewUserPage search={{}} onKind={vi.fn()} />);
    await userEvent.type(await screen.findByLabelText('Name'), 'Bo');
    await userEvent.type(screen.getByLabelText('Email'), 'bo@corp.test');
    await userEvent.type(screen.getByLabelText('Password'), password);
    await userEvent.type(screen.getByLabelText('Password, again'), password);
    await userEvent.click(screen.getByRole('button', { name: 'Create user' }));
    expect(await screen.findByText('The password is too common.')).toBeTruthy();
    expect(screen.getByLabelText('Password').getAttribute('aria-invalid')).toBe('true');
  });

  it('gets roles on their own teams from people who administer teams', async () => {
    serve({ ...answers, 'GET /me': teamAdmin });
    await show(<NewUserPage search={{ team_id: 5 }} onKind={vi.fn()} />);
    expect(await screen.findByRole('checkbox', { name: 'Laptops' })).toHaveProperty(
      'checked',
      true,
    );
    expect(screen.queryByRole('checkbox', { name: 'Servers' })).toBeNull();
    expect(screen.queryByLabelText('One role on everything')).toBeNull();
  });
});
