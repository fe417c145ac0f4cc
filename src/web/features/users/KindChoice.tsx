import type { NewUserKind } from './search';
import styles from './Users.module.css';

const kinds: readonly [kind: NewUserKind, title: string, text: string][] = [
  ['account', 'Create an account', 'You choose the first password and pass it on.'],
  ['invite', 'Invite by email', 'They get a link and choose a password.'],
  ['api', 'API only', 'For a program: a token, and no sign-in here.'],
];

/** How the new account comes to be. `noInvites` says why nobody can be invited. */
export function KindChoice({
  value,
  onChange,
  noInvites,
}: {
  value: NewUserKind;
  onChange: (kind: NewUserKind) => void;
  noInvites: string | undefined;
}) {
  return (
    <fieldset className={styles.kinds}>
      <legend className="sr-only">How the account is made</legend>
      {kinds.map(([kind, title, text]) => {
        const reason = kind === 'invite' ? noInvites : undefined;
        return (
          <label key={kind}>
            <input
              type="radio"
              name="kind"
              checked={value === kind}
              disabled={reason !== undefined}
              onChange={() => onChange(kind)}
            />
            <strong>{title}</strong>
            <small>{reason ?? text}</small>
          </label>
        );
      })}
    </fieldset>
  );
}
