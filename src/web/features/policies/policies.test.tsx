// @vitest-environment jsdom
import { screen, waitFor, within } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { close, open } from '@/test/app';
import { faults, Refusal } from '@/test/server';

// The rich editor needs a real browser.
vi.mock('@/components/SqlEditor', () => ({
  SqlEditor: ({
    label,
    value,
    onChange,
  }: {
    label: string;
    value: string;
    onChange?: (value: string) => void;
  }) => (
    <textarea
      aria-label={label}
      value={value}
      onChange={(event) => onChange?.(event.target.value)}
    />
  ),
}));

afterEach(close);

const policy = {
  id: 61,
  name: 'Disk encrypted',
  query: 'SELECT 1',
  description: 'd',
  resolution: 'Turn it on.',
  critical: true,
  team_id: null,
  platform: 'darwin',
  author_name: 'Ada',
  created_at: '2026-02-03T10:00:00Z',
  updated_at: '2026-02-03T10:00:00Z',
  passing_host_count: 12,
  failing_host_count: 3,
  host_count_updated_at: '2026-02-03T11:00:00Z',
};
const list = { 'GET /policies': { policies: [policy] }, 'GET /policies/count': { count: 1 } };
const noWebhook = { 'GET /config': { webhook_settings: {} } };

describe('the list of policies', () => {
  it('has counts that lead to the hosts', async () => {
    const { container } = open('/policies/manage', { ...list, ...noWebhook });
    const failing = await screen.findByRole('link', { name: '3 hosts failing' });
    expect(failing.getAttribute('href')).toBe('/hosts/manage?policy_id=61&policy_response=failing');
    expect(screen.getByText('Critical')).toBeTruthy();
    expect(await faults(container)).toEqual([]);
  });

  it('shows no number before the first answer', async () => {
    open('/policies/manage', {
      ...noWebhook,
      'GET /policies': {
        policies: [
          { ...policy, host_count_updated_at: null, passing_host_count: 0, failing_host_count: 0 },
        ],
      },
    });
    await screen.findByRole('link', { name: 'Disk encrypted' });
    expect(screen.getAllByText('---')).toHaveLength(2);
  });

  it('empty, explains what a policy is and offers one', async () => {
    open('/policies/manage', {
      ...noWebhook,
      'GET /policies': {},
      'GET /policies/count': { count: 0 },
    });
    expect(await screen.findByText('No policies yet')).toBeTruthy();
    expect(screen.getAllByRole('link', { name: 'Add policy' })).toHaveLength(2);
  });

  it('gives an observer nothing to change', async () => {
    open('/policies/manage', list, 'observer');
    await screen.findByRole('link', { name: 'Disk encrypted' });
    expect(screen.queryByRole('link', { name: 'Add policy' })).toBeNull();
    expect(screen.queryByRole('button', { name: 'Automations' })).toBeNull();
    expect(screen.queryByRole('checkbox')).toBeNull();
  });

  it('marks what a team inherits, and asks for both', async () => {
    const { asked } = open('/policies/manage?team_id=7', {
      'GET /teams': { teams: [{ id: 7, name: 'Ops' }] },
      'GET /teams/7': { team: {} },
      'GET /teams/7/policies': { policies: [{ ...policy, team_id: 7, id: 62 }, policy] },
    });
    expect(await screen.findByText('Inherited')).toBeTruthy();
    const request = asked.find((each) => each.path === '/teams/7/policies');
    expect(request?.search.get('merge_inherited')).toBe('true');
  });

  it('deletes what was chosen, after asking', async () => {
    const { asked } = open('/policies/manage', {
      ...list,
      ...noWebhook,
      'POST /policies/delete': { deleted: [61] },
    });
    await userEvent.click(await screen.findByRole('checkbox', { name: 'Select Disk encrypted' }));
    await userEvent.click(screen.getByRole('button', { name: 'Delete' }));
    const dialog = screen.getByRole('dialog');
    await userEvent.click(within(dialog).getByRole('button', { name: 'Delete' }));
    await waitFor(() =>
      expect(asked.find((each) => each.path === '/policies/delete')?.body).toEqual({ ids: [61] }),
    );
  });

  it('a refusal says what to do', async () => {
    open('/policies/manage', {
      ...noWebhook,
      'GET /policies': new Refusal(403, 'Forbidden'),
    });
    expect(await screen.findByRole('button', { name: 'Try again' })).toBeTruthy();
  });
});

describe('one policy', () => {
  it('shows how its pass rate went', async () => {
    open('/policies/61', {
      'GET /policies/61': { policy },
      'GET /policies/61/history': {
        history: [
          { day: '2026-02-01', passing: 1, failing: 1, no_answer: 0 },
          { day: '2026-02-02', passing: 3, failing: 1, no_answer: 0 },
        ],
      },
    });
    const chart = await screen.findByRole('slider', { name: 'Share of hosts that pass, by day' });
    expect(chart.getAttribute('aria-valuetext')).toBe('Feb 2: Pass 75 %');
    expect(screen.getByText('Turn it on.')).toBeTruthy();
  });

  it('has a switch for the webhook', async () => {
    const webhook = {
      enable_failing_policies_webhook: true,
      destination_url: 'https://x.test/hook',
      policy_ids: [7],
      host_batch_size: 0,
    };
    const { asked } = open('/policies/61', {
      'GET /policies/61': { policy },
      'GET /policies/61/history': { history: [] },
      'GET /config': { webhook_settings: { failing_policies_webhook: webhook } },
      'PATCH /config': {},
    });
    await userEvent.click(await screen.findByRole('checkbox', { name: /Call the webhook/ }));
    await waitFor(() =>
      expect(asked.find((each) => each.method === 'PATCH')?.body).toEqual({
        webhook_settings: { failing_policies_webhook: { ...webhook, policy_ids: [7, 61] } },
      }),
    );
  });

  it('that is gone says so', async () => {
    open('/policies/99');
    expect(await screen.findByText('This policy does not exist')).toBeTruthy();
  });
});

describe('the form', () => {
  it('starts from a template and sends what was filled in', async () => {
    const { asked } = open('/policies/new', {
      'POST /policies': { policy: { ...policy, id: 70 } },
      'GET /policies/70': { policy: { ...policy, id: 70 } },
      'GET /policies/70/history': { history: [] },
    });
    await userEvent.click(
      await screen.findByRole('button', { name: 'Use the template Gatekeeper is on (macOS)' }),
    );
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByRole('heading', { level: 1, name: 'Disk encrypted' });
    const sent = asked.find((each) => each.method === 'POST' && each.path === '/policies');
    expect(sent?.body).toMatchObject({ name: 'Gatekeeper is on (macOS)', platform: 'darwin' });
    expect(Object.keys(sent?.body as object)).not.toContain('labels_include_any');
  });

  it('asks before an edit throws answers away, and sends only the change', async () => {
    const { asked } = open('/policies/61/edit', {
      'GET /policies/61': { policy },
      'PATCH /policies/61': { policy },
      'GET /policies/61/history': { history: [] },
    });
    const editor = await screen.findByRole('textbox', { name: 'SQL' });
    await userEvent.clear(editor);
    await userEvent.type(editor, 'SELECT 2');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    const dialog = await screen.findByRole('dialog', { name: 'Save and lose answers?' });
    await userEvent.click(within(dialog).getByRole('button', { name: 'Save' }));
    await waitFor(() =>
      expect(asked.find((each) => each.method === 'PATCH')?.body).toEqual({ query: 'SELECT 2' }),
    );
  });

  it('puts a taken name at its field', async () => {
    open('/policies/new?sql=SELECT+1', {
      'POST /policies': new Refusal(409, 'Resource Already Exists'),
    });
    await userEvent.type(await screen.findByLabelText('Name'), 'x');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('Another policy has this name already.')).toBeTruthy();
  });
});
