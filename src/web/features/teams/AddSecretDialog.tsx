import { useState, type FormEvent } from 'react';
import { Dices } from 'lucide-react';
import type { ApiError } from '@/api/client';
import type { WantedSecret } from '@/api/teams';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { FormError, SelectField, TextField } from '@/components/Field';
import { newSecret } from '@/lib/secret';
import { endAfter, lifetimes } from './secrets';
import styles from './Teams.module.css';

/** A new secret, random unless somebody types another */
export function AddSecretDialog({
  taken,
  onAdd,
  onClose,
}: {
  taken: readonly string[];
  onAdd: (secret: WantedSecret) => Promise<unknown>;
  onClose: () => void;
}) {
  const [secret, setSecret] = useState(newSecret);
  const [name, setName] = useState('');
  const [days, setDays] = useState(0);
  const [limit, setLimit] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError | null>(null);
  const text = secret.trim();
  const problem =
    text === ''
      ? 'Enter a secret.'
      : taken.includes(text)
        ? 'This secret is on the list already.'
        : undefined;
  const limitProblem =
    limit !== '' && !/^[1-9]\d{0,8}$/.test(limit)
      ? 'Enter a number of hosts, or nothing.'
      : undefined;
  const ready = !problem && !limitProblem;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready || busy) return;
    setBusy(true);
    setError(null);
    try {
      await onAdd({
        secret: text,
        name: name.trim(),
        expires_at: endAfter(days),
        use_limit: limit === '' ? null : Number(limit),
      });
      onClose();
    } catch (cause) {
      setError(cause as ApiError);
      setBusy(false);
    }
  };
  return (
    <Dialog
      title="Add an enroll secret"
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button type="submit" form="secret-form" look="primary" busy={busy} disabled={!ready}>
            Add secret
          </Button>
        </>
      }
    >
      <form
        id="secret-form"
        onSubmit={(event) => void submit(event)}
        noValidate
        className={styles.stack}
      >
        <FormError>{error?.summary()}</FormError>
        <TextField
          label="Secret"
          required
          className={styles.code}
          spellCheck={false}
          autoComplete="off"
          maxLength={255}
          value={secret}
          error={problem}
          hint="Whoever knows it can enroll hosts: keep it like a password."
          onChange={(event) => setSecret(event.target.value)}
        />
        <div>
          <Button size="s" icon={<Dices />} onClick={() => setSecret(newSecret())}>
            Another random one
          </Button>
        </div>
        <TextField
          label="Name"
          optional
          maxLength={255}
          hint="What it is for, such as “Image of July”."
          value={name}
          onChange={(event) => setName(event.target.value)}
        />
        <SelectField
          label="Ends"
          value={days}
          onChange={(event) => setDays(Number(event.target.value))}
        >
          {lifetimes.map(([each, title]) => (
            <option key={each} value={each}>
              {title}
            </option>
          ))}
        </SelectField>
        <TextField
          label="Good for this many hosts"
          optional
          inputMode="numeric"
          value={limit}
          error={limitProblem}
          onChange={(event) => setLimit(event.target.value.trim())}
        />
      </form>
    </Dialog>
  );
}
