import { useState, type FormEvent } from 'react';
import type { NewApiToken, TokenScope } from '@/api/account';
import { ApiError } from '@/api/client';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { FormError, SelectField, TextField } from '@/components/Field';
import { endAfter, lifetimes } from './tokens';
import styles from './Account.module.css';

/** Starts with the least that is of use: reading, for some weeks. */
export function NewTokenDialog({
  teams,
  taken,
  onCreate,
  onClose,
}: {
  teams: readonly { id: number; name: string }[];
  taken: readonly string[];
  onCreate: (body: NewApiToken) => Promise<unknown>;
  onClose: () => void;
}) {
  const [name, setName] = useState('');
  const [scope, setScope] = useState<TokenScope>('read_only');
  const [team, setTeam] = useState('');
  const [days, setDays] = useState(90);
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const text = name.trim();
  const problem = taken.includes(text) ? 'You have a token of this name already.' : undefined;
  const ready = text !== '' && !problem;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      await onCreate({
        name: text,
        scope,
        team_id: team === '' ? null : Number(team),
        expires_at: endAfter(days),
      });
      onClose();
    } catch (cause) {
      setError(cause instanceof ApiError ? cause : new ApiError(0, 'That did not work.'));
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Create an API token"
      description="It acts as you, with at most these rights."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="token-form" look="primary" busy={busy} disabled={!ready}>
            Create token
          </Button>
        </>
      }
    >
      <form
        id="token-form"
        onSubmit={(event) => void submit(event)}
        noValidate
        className={styles.form}
      >
        <FormError>{error?.summary(['name', 'scope', 'expires_at', 'team_id'])}</FormError>
        <TextField
          label="Name"
          required
          data-autofocus
          maxLength={255}
          hint="Which program uses it, such as “Nightly export”."
          value={name}
          error={problem ?? error?.field('name')}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label="Rights"
          value={scope}
          error={error?.field('scope')}
          hint={
            scope === 'read_only'
              ? 'Everything that you see.'
              : 'Everything that you can do, except this account.'
          }
          onChange={(event) => setScope(event.target.value as TokenScope)}
        >
          <option value="read_only">Read only</option>
          <option value="full">Read and write</option>
        </SelectField>
        {teams.length > 0 && (
          <SelectField
            label="Team"
            value={team}
            error={error?.field('team_id')}
            onChange={(event) => setTeam(event.target.value)}
          >
            <option value="">All that you work on</option>
            {teams.map(({ id, name: title }) => (
              <option key={id} value={id}>
                {title} only
              </option>
            ))}
          </SelectField>
        )}
        <SelectField
          label="Good for"
          value={days}
          hint={
            days === 0 ? 'A token without an end is found by somebody sooner or later.' : undefined
          }
          error={error?.field('expires_at')}
          onChange={(event) => setDays(Number(event.target.value))}
        >
          {lifetimes.map(([each, title]) => (
            <option key={each} value={each}>
              {title}
            </option>
          ))}
        </SelectField>
      </form>
    </Dialog>
  );
}
