import { useState, type FormEvent, type ReactNode } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Navigate, useNavigate } from '@tanstack/react-router';
import { Check } from 'lucide-react';
import { auth, setupPendingQuery } from '@/api/auth';
import { ApiError } from '@/api/client';
import { session } from '@/api/session';
import { Button } from '@/components/Button';
import { FormError, TextField } from '@/components/Field';
import { NewPasswordFields, passwordProblem } from '@/components/NewPassword';
import { basePath } from '@/lib/base';
import { cx } from '@/lib/cx';
import { Frame } from '@/components/Frame';
import styles from './Setup.module.css';

const steps = ['You', 'Organization', 'Address', 'Summary'] as const;

const blank = {
  name: '',
  email: '',
  password: '',
  again: '',
  organization: '',
  logo: '',
  address: `${window.location.origin}${basePath}`,
};
type Values = typeof blank;

/** `/setup`: the first account, the organization and the server's address. */
export function SetupPage() {
  const navigate = useNavigate();
  const cache = useQueryClient();
  const pending = useQuery(setupPendingQuery).data;
  const [step, setStep] = useState(0);
  const [values, setValues] = useState(blank);
  const change = (part: Partial<Values>) => setValues({ ...values, ...part });

  const setup = useMutation({
    mutationFn: () =>
      auth.setup({
        admin: { name: values.name.trim(), email: values.email.trim(), password: values.password },
        org_info: { org_name: values.organization.trim(), org_logo_url: values.logo.trim() },
        server_url: values.address.trim().replace(/\/+$/, ''),
      }),
    onSuccess: ({ token }) => {
      if (token) session.start(token);
      // Before the page looks at it again: this page is of no use any more.
      cache.setQueryData(setupPendingQuery.queryKey, false);
      void navigate(
        token ? { to: '/hosts/manage', search: { add_hosts: true } } : { to: '/login' },
      );
    },
  });
  const error = setup.error instanceof ApiError ? setup.error : null;

  const ready = problems[step]?.(values) === null;
  const last = step === steps.length - 1;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    if (last) setup.mutate();
    else setStep(step + 1);
  };

  if (pending === false && !setup.isSuccess) return <Navigate to="/login" replace />;
  return (
    <Frame title="Set up Fleet" wide>
      <ol className={styles.steps}>
        {steps.map((name, index) => (
          <li
            key={name}
            className={cx(index < step && styles.done, index === step && styles.now)}
            aria-current={index === step ? 'step' : undefined}
          >
            <span>{index < step ? <Check aria-label="done" /> : index + 1}</span>
            {name}
          </li>
        ))}
      </ol>
      <form onSubmit={submit} noValidate>
        <FormError>
          {error &&
            (error.status === 404
              ? 'This server is already set up. Go to the sign-in page.'
              : error.summary())}
        </FormError>
        {step === 0 && <You values={values} onChange={change} />}
        {step === 1 && <Organization values={values} onChange={change} />}
        {step === 2 && (
          <TextField
            key="address"
            label="Server address"
            type="url"
            required
            autoFocus
            value={values.address}
            onChange={(event) => change({ address: event.target.value })}
            error={addressProblem(values.address) ?? undefined}
            hint="Hosts and browsers reach the server here. It must match the name in its certificate."
          />
        )}
        {last && <Summary values={values} />}
        <div className={styles.buttons}>
          {step > 0 && <Button onClick={() => setStep(step - 1)}>Back</Button>}
          <Button type="submit" look="primary" disabled={!ready} busy={setup.isPending}>
            {last ? 'Create and sign in' : 'Next'}
          </Button>
        </div>
      </form>
    </Frame>
  );
}

interface StepProps {
  values: Values;
  onChange: (part: Partial<Values>) => void;
}

function You({ values, onChange }: StepProps) {
  return (
    <>
      <TextField
        label="Full name"
        autoComplete="name"
        required
        autoFocus
        value={values.name}
        onChange={(event) => onChange({ name: event.target.value })}
      />
      <TextField
        label="Email"
        type="email"
        autoComplete="username"
        required
        value={values.email}
        onChange={(event) => onChange({ email: event.target.value })}
      />
      <NewPasswordFields
        label="Password"
        password={values.password}
        again={values.again}
        onPassword={(password) => onChange({ password })}
        onAgain={(again) => onChange({ again })}
      />
    </>
  );
}

function Organization({ values, onChange }: StepProps) {
  return (
    <>
      <TextField
        label="Organization name"
        autoComplete="organization"
        required
        autoFocus
        value={values.organization}
        onChange={(event) => onChange({ organization: event.target.value })}
      />
      <TextField
        label="Logo address"
        type="url"
        optional
        placeholder="https://"
        value={values.logo}
        onChange={(event) => onChange({ logo: event.target.value })}
        hint="A picture of about 150 × 40 pixels."
      />
    </>
  );
}

function Summary({ values }: { values: Values }) {
  const line = (name: string, value: ReactNode) => (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <dl className={styles.summary}>
      {line('Administrator', `${values.name} (${values.email})`)}
      {line('Organization', values.organization)}
      {line('Server address', values.address)}
    </dl>
  );
}

function addressProblem(address: string): string | null {
  try {
    const url = new URL(address.trim());
    return url.protocol === 'https:' || url.protocol === 'http:'
      ? null
      : 'The address must start with https://';
  } catch {
    return 'Enter a whole address, such as https://fleet.example.com';
  }
}

/** Why a step cannot be left yet. */
const problems: ((values: Values) => string | null)[] = [
  (values) =>
    !values.name.trim()
      ? 'name'
      : !/^[^\s@]+@[^\s@]+$/.test(values.email.trim())
        ? 'email'
        : (passwordProblem(values.password) ?? (values.again === values.password ? null : 'again')),
  (values) => (values.organization.trim() ? null : 'organization'),
  (values) => addressProblem(values.address),
  () => null,
];
