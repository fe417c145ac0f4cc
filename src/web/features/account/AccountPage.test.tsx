// @vitest-environment jsdom
import { cleanup, screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { exact } from '@/lib/format';
import { setUtc } from '@/lib/timeZone';
import { show } from '@/test/page';
import { admin, faults, serve } from '@/test/server';
import { AccountPage } from './AccountPage';

const token = {
  id: 3,
  name: 'Nightly export',
  scope: 'read_only',
  team_id: null,
  created_at: '2026-01-01T00:00:00Z',
  expires_at: null,
  last_used_at: null,
};
const answers = {
  'GET /me': admin,
  'GET /version': { version: '0.1.0' },
  'GET /teams': { teams: [] },
  'GET /me/tokens': { api_tokens: [token] },
  'GET /users/1/sessions': {
    sessions: [{ session_id: 12, user_id: 1, created_at: '2026-01-01T00:00:00Z' }],
  },
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  setUtc(false);
});

describe('the account page', () => {
  it('saves name and position, and has no fault that axe can find', async () => {
    const asked = serve({ ...answers, 'PATCH /users/1': admin });
    const { container } = await show(<AccountPage />);
    await userEvent.type(await screen.findByLabelText(/Position/), 'SRE');
    await screen.findByText('Nightly export');
    expect(await faults(container)).toEqual([]);
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({ position: 'SRE' }),
    );
  });

  it('changes the address with the password, and says that a link must be opened', async () => {
    const asked = serve({ ...answers, 'PATCH /users/1': admin });
    await show(<AccountPage />);
    const email = await screen.findByLabelText('Email');
    await userEvent.clear(email);
    await userEvent.type(email, 'new@corp.test');
    await userEvent.type(screen.getByLabelText('Password, to confirm that it is you'), 'secret');
    await userEvent.click(screen.getByRole('button', { name: 'Change address' }));
    expect(await screen.findByText(/A link is on its way to new@corp.test/)).toBeTruthy();
    expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({
      email: 'new@corp.test',
      password: 'secret',
    });
  });

  it('creates a token with few rights, shows it once, and revokes it', async () => {
    const asked = serve({
      ...answers,
      'POST /me/tokens': { token: 's3cret-token' },
      'DELETE /me/tokens/3': {},
    });
    await show(<AccountPage />);
    await screen.findByText('Nightly export');
    await userEvent.click(screen.getByRole('button', { name: 'Create token' }));
    const dialog = within(await screen.findByRole('dialog'));
    await userEvent.type(dialog.getByLabelText('Name'), 'CI');
    await userEvent.click(dialog.getByRole('button', { name: 'Create token' }));
    expect(await screen.findByText('s3cret-token')).toBeTruthy();
    expect(asked.find(({ method }) => method === 'POST')?.body).toMatchObject({
      name: 'CI',
      scope: 'read_only',
      team_id: null,
    });
    await userEvent.click(screen.getByRole('button', { name: 'I have copied it' }));
    expect(screen.queryByText('s3cret-token')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Revoke Nightly export' }));
    await userEvent.click(
      within(screen.getByRole('dialog')).getByRole('button', { name: 'Revoke' }),
    );
    await waitFor(() => expect(asked.some(({ method }) => method === 'DELETE')).toBe(true));
  });

  it('shows times in UTC when asked to', async () => {
    serve(answers);
    await show(<AccountPage />);
    await userEvent.click(await screen.findByLabelText('Show times in UTC'));
    expect(exact('2026-01-01T00:00:00Z')).toMatch(/12:00:00 AM UTC/);
  });
});
