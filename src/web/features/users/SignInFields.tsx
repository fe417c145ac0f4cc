import { CheckboxField } from '@/components/Field';
import { NewPasswordFields } from '@/components/NewPassword';
import type { UserDraft } from './draft';

/** How the person will sign in. What the server is not set up for is off, with the reason. */
export function SignInFields({
  draft,
  onChange,
  withPassword,
  passwordError,
  mayUseSso,
  mayUseMfa,
}: {
  draft: UserDraft;
  onChange: (part: Partial<UserDraft>) => void;
  withPassword: boolean;
  passwordError: string | undefined;
  mayUseSso: boolean;
  mayUseMfa: boolean;
}) {
  return (
    <>
      <CheckboxField
        label="Signs in through the identity provider"
        hint={
          mayUseSso ? 'Without a password here.' : 'Single sign-on is not set up on this server.'
        }
        checked={draft.sso}
        disabled={!mayUseSso && !draft.sso}
        onChange={(event) => onChange({ sso: event.target.checked })}
      />
      {!draft.sso && (
        <CheckboxField
          label="Confirms each sign-in by email"
          hint={
            mayUseMfa
              ? 'A second step besides the password. Command line tools cannot sign in this way.'
              : 'Mail is not set up on this server.'
          }
          checked={draft.mfa}
          disabled={!mayUseMfa && !draft.mfa}
          onChange={(event) => onChange({ mfa: event.target.checked })}
        />
      )}
      {withPassword && !draft.sso && (
        <>
          <NewPasswordFields
            label="Password"
            password={draft.password}
            again={draft.again}
            onPassword={(password) => onChange({ password })}
            onAgain={(again) => onChange({ again })}
            error={passwordError}
          />
          <CheckboxField
            label="Must choose another password at the first sign-in"
            checked={draft.forceReset}
            onChange={(event) => onChange({ forceReset: event.target.checked })}
          />
        </>
      )}
    </>
  );
}
