// @vitest-environment jsdom
import { cleanup, screen, waitFor } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { show } from '@/test/page';
import { admin, faults, Refusal, serve, teamAdmin } from '@/test/server';
import { SectionPage } from './SectionPage';
import { sectionGroups, type SectionGroup } from './sections';

const config = {
  org_info: { org_name: 'Corp', org_logo_url: '', contact_url: '' },
  server_settings: { server_url: 'https://fleet.test' },
  smtp_settings: {
    enable_smtp: true,
    server: 'mail.test',
    sender_address: 'f@corp.test',
    port: 25,
  },
  integrations: { jira: [], zendesk: [], google_calendar: [] },
  webhook_settings: { interval: '24h0m0s' },
  logging: { result: { plugin: 'filesystem', config: { result_log_file: '/var/log/r.log' } } },
};

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

describe('a page of the settings', () => {
  it('saves a section and keeps what the server answers', async () => {
    let name = 'Corp';
    const asked = serve({
      'GET /me': admin,
      'GET /config': () => ({ ...config, org_info: { ...config.org_info, org_name: name } }),
      'PATCH /config': ({ body }) => {
        name = (body as { org_info: { org_name: string } }).org_info.org_name;
        return {};
      },
    });
    await show(<SectionPage group="organization" id="info" />);
    const field = await screen.findByLabelText('Organization name');
    await userEvent.type(field, ' Ltd');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    await screen.findByText('Everything is saved.');
    expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({
      org_info: { org_name: 'Corp Ltd' },
    });
    expect(screen.getByLabelText<HTMLInputElement>('Organization name').value).toBe('Corp Ltd');
  });

  it('shows a refusal of the server at its field', async () => {
    serve({
      'GET /me': admin,
      'GET /config': config,
      'PATCH /config': new Refusal(422, 'Validation Failed', [
        { name: 'server_url', reason: 'must not be a number' },
      ]),
    });
    await show(<SectionPage group="organization" id="web-address" />);
    await userEvent.type(await screen.findByLabelText('Web address of this server'), '/x');
    await userEvent.click(screen.getByRole('button', { name: 'Save' }));
    expect(await screen.findByText('must not be a number')).toBeTruthy();
  });

  it('mails a test by what is stored, and therefore not before it is stored', async () => {
    const asked = serve({ 'GET /me': admin, 'GET /config': config, 'PATCH /config': {} });
    await show(<SectionPage group="organization" id="smtp" />);
    const test = await screen.findByRole('button', { name: 'Send a test mail' });
    await userEvent.type(screen.getByLabelText('SMTP server'), 'x');
    expect(test).toHaveProperty('disabled', true);
    await userEvent.click(screen.getByRole('button', { name: 'Discard changes' }));
    await userEvent.click(test);
    await waitFor(() =>
      expect(asked.find(({ method }) => method === 'PATCH')?.body).toEqual({ smtp_test: true }),
    );
  });

  it('is read-only in GitOps mode, except for the switch of that mode', async () => {
    const gitops = { gitops_mode_enabled: true, repository_url: 'https://git.test/fleet' };
    serve({ 'GET /me': admin, 'GET /config': { ...config, gitops } });
    const first = await show(<SectionPage group="organization" id="info" />);
    expect((await screen.findByLabelText('Organization name')).matches(':disabled')).toBe(true);
    expect(screen.getByRole('link', { name: 'Open the repository' }).getAttribute('href')).toBe(
      'https://git.test/fleet',
    );
    first.unmount();
    await show(<SectionPage group="integrations" id="change-management" />);
    expect((await screen.findByLabelText('GitOps mode')).matches(':disabled')).toBe(false);
  });

  it('says who may change settings to those who may not, without asking for them', async () => {
    const asked = serve({ 'GET /me': teamAdmin, 'GET /config': config });
    await show(<SectionPage group="organization" id="info" />);
    await screen.findByText('Only administrators change settings');
    expect(asked.map(({ path }) => path)).not.toContain('/config');
  });

  it('offers to try again when the settings do not come', async () => {
    serve({ 'GET /me': admin, 'GET /config': new Refusal(500, 'database gone') });
    await show(<SectionPage group="organization" id="info" />);
    expect(await screen.findByText('database gone')).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Try again' })).toBeTruthy();
  });

  const pages = (Object.keys(sectionGroups) as SectionGroup[]).flatMap((group) =>
    sectionGroups[group]
      .filter(({ custom }) => custom !== 'agent-options')
      .map(({ id }): [SectionGroup, string] => [group, id]),
  );
  it.each(pages)('%s/%s has no fault that axe can find', async (group, id) => {
    serve({ 'GET /me': admin, 'GET /config': config });
    const { container } = await show(<SectionPage group={group} id={id} />);
    await screen.findByText(/Everything is saved|configuration file/);
    expect(await faults(container)).toEqual([]);
  });
});
