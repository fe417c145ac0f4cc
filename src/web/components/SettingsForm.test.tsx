// @vitest-environment jsdom
import { cleanup, screen } from '@testing-library/react';
import userEvent from '@testing-library/user-event';
import { afterEach, describe, expect, it, vi } from 'vitest';
import type { FieldGroup } from '@/lib/fields';
import { show } from '@/test/page';
import { faults } from '@/test/server';
import { SettingsForm } from './SettingsForm';

const groups: FieldGroup[] = [
  {
    title: 'Mail',
    fields: [
      { path: 'smtp.on', label: 'Use SMTP', kind: 'switch' },
      { path: 'smtp.server', label: 'Server', kind: 'text', required: true, when: 'smtp.on' },
      { path: 'smtp.password', label: 'Password', kind: 'secret', when: 'smtp.on' },
      {
        path: 'jira',
        label: 'Jira',
        kind: 'list',
        itemName: 'project',
        item: [{ path: 'url', label: 'Address', kind: 'url', required: true }],
      },
    ],
  },
];
const stored = { smtp: { on: true, server: 'mail.test', password: '********' }, jira: [] };

const open = (onSave: (patch: object) => Promise<unknown>, readOnly = false) =>
  show(
    <SettingsForm
      what="the mail"
      groups={groups}
      stored={stored}
      onSave={onSave}
      readOnly={readOnly}
    />,
  );
const save = () => screen.getByRole('button', { name: 'Save' });

afterEach(cleanup);

describe('a form made from its description', () => {
  it('has nothing to save until something was changed, and says so', async () => {
    const { container } = await open(vi.fn());
    expect(save()).toHaveProperty('disabled', true);
    expect(screen.getByText('Everything is saved.')).toBeTruthy();
    expect(await faults(container)).toEqual([]);
  });

  it('sends what was changed, and only that', async () => {
    const onSave = vi.fn().mockResolvedValue(undefined);
    await open(onSave);
    await userEvent.clear(screen.getByLabelText('Server'));
    await userEvent.type(screen.getByLabelText('Server'), 'new.test');
    await userEvent.click(save());
    expect(onSave).toHaveBeenCalledExactlyOnceWith({ smtp: { server: 'new.test' } });
  });

  it('never shows a stored secret, and keeps it when the field is left empty', async () => {
    const onSave = vi.fn().mockResolvedValue(undefined);
    await open(onSave);
    const secret = screen.getByLabelText<HTMLInputElement>('Password');
    expect(secret.value).toBe('');
    await userEvent.type(secret, 'x');
    expect(save()).toHaveProperty('disabled', false);
    await userEvent.clear(secret);
    expect(save()).toHaveProperty('disabled', true);
    await userEvent.type(secret, 'hush');
    await userEvent.click(save());
    expect(onSave).toHaveBeenCalledWith({ smtp: { password: 'hush' } });
  });

  it('finds fault before the server does, once a field was left', async () => {
    const onSave = vi.fn();
    await open(onSave);
    await userEvent.clear(screen.getByLabelText('Server'));
    expect(screen.queryByText('Enter server.')).toBeNull();
    await userEvent.tab();
    expect(screen.getByText('Enter server.')).toBeTruthy();
    await userEvent.click(save());
    expect(onSave).not.toHaveBeenCalled();
  });

  it('puts the errors of the server at their fields', async () => {
    const refusal = Object.assign(new Error('Validation Failed'), {
      errors: [
        { name: 'server', reason: 'No such host.' },
        { name: 'base', reason: 'Try later.' },
      ],
    });
    await open(vi.fn().mockRejectedValue(refusal));
    await userEvent.type(screen.getByLabelText('Server'), 'x');
    await userEvent.click(save());
    expect(screen.getByText('No such host.')).toBeTruthy();
    expect(screen.getByLabelText('Server').getAttribute('aria-invalid')).toBe('true');
    expect(screen.getByRole('alert').textContent).toBe('Try later.');
    expect(save()).toHaveProperty('disabled', false);
  });

  it('hides what a switch turns off, and gives it back with the changes discarded', async () => {
    await open(vi.fn());
    await userEvent.click(screen.getByLabelText('Use SMTP'));
    expect(screen.queryByLabelText('Server')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Discard changes' }));
    expect(screen.getByLabelText('Server')).toBeTruthy();
  });

  it('adds and removes the entries of a list', async () => {
    const onSave = vi.fn().mockResolvedValue(undefined);
    await open(onSave);
    await userEvent.click(screen.getByRole('button', { name: 'Add project' }));
    await userEvent.type(screen.getByLabelText('Address'), 'https://jira.test');
    await userEvent.click(save());
    expect(onSave).toHaveBeenCalledWith({ jira: [{ url: 'https://jira.test' }] });
    await userEvent.click(screen.getByRole('button', { name: 'Add project' }));
    await userEvent.click(screen.getByRole('button', { name: 'Remove project 1' }));
    expect(screen.queryByLabelText('Address')).toBeNull();
  });

  it('changes nothing when it is read-only', async () => {
    await open(vi.fn(), true);
    expect(screen.getByLabelText('Server').matches(':disabled')).toBe(true);
    expect(screen.getByText('Read only')).toBeTruthy();
  });
});
