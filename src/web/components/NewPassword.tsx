import { Check, Circle } from 'lucide-react';
import { PasswordField } from './Field';
import styles from './NewPassword.module.css';

const rules: [text: string, holds: (password: string) => boolean][] = [
  ['at least 12 characters', (p) => new TextEncoder().encode(p).length >= 12],
  ['at most 48 characters', (p) => new TextEncoder().encode(p).length <= 48],
  ['a number', (p) => /\d/.test(p)],
  ['a symbol, such as & * #', (p) => /[\p{P}\p{S}]/u.test(p)],
];

/** What is missing from a password, or nothing. The server has the last word. */
export function passwordProblem(password: string): string | null {
  const missing = rules.filter(([, holds]) => !holds(password)).map(([text]) => text);
  return missing.length > 0 ? `The password needs ${missing.join(', ')}.` : null;
}

interface Props {
  password: string;
  again: string;
  onPassword: (value: string) => void;
  onAgain: (value: string) => void;
  label?: string;
  error?: string | undefined;
}

/** A new password, twice, with its rule ticked off while typing. */
export function NewPasswordFields({
  password,
  again,
  onPassword,
  onAgain,
  label = 'New password',
  error,
}: Props) {
  const differs = again !== '' && again !== password;
  return (
    <>
      <PasswordField
        label={label}
        autoComplete="new-password"
        value={password}
        error={error}
        onChange={(event) => onPassword(event.target.value)}
      />
      <ul className={styles.rules} aria-label="The password must have">
        {rules
          .filter(([text, holds]) => !text.startsWith('at most') || !holds(password))
          .map(([text, holds]) => (
            <li key={text} className={holds(password) ? styles.met : undefined}>
              {holds(password) ? <Check aria-label="met:" /> : <Circle aria-label="missing:" />}
              {text}
            </li>
          ))}
      </ul>
      <PasswordField
        label={`${label}, again`}
        autoComplete="new-password"
        value={again}
        error={differs ? 'The two passwords differ.' : undefined}
        onChange={(event) => onAgain(event.target.value)}
      />
    </>
  );
}
