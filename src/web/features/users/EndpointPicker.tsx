import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '@/api/client';
import type { ApiEndpoint } from '@/api/types';
import { apiCatalogueQuery } from '@/api/users';
import { CheckboxField, TextField } from '@/components/Field';
import { ErrorPanel, Skeleton } from '@/components/States';
import { plural } from '@/lib/format';
import styles from './Users.module.css';

const keyOf = ({ method, path }: ApiEndpoint) => `${method} ${path}`;

/** Null is no limit: everything that the role allows. */
export function EndpointPicker({
  value,
  onChange,
  error,
}: {
  value: readonly ApiEndpoint[] | null;
  onChange: (value: ApiEndpoint[] | null) => void;
  error?: string | undefined;
}) {
  return (
    <div className={styles.endpoints}>
      <CheckboxField
        label="Only some endpoints of the API"
        hint="Everything else is refused, whatever the role allows."
        checked={value !== null}
        onChange={(event) => onChange(event.target.checked ? [] : null)}
      />
      {value !== null && <Catalogue value={value} onChange={onChange} error={error} />}
    </div>
  );
}

function Catalogue({
  value,
  onChange,
  error,
}: {
  value: readonly ApiEndpoint[];
  onChange: (value: ApiEndpoint[]) => void;
  error: string | undefined;
}) {
  const catalogue = useQuery(apiCatalogueQuery);
  const [filter, setFilter] = useState('');
  if (catalogue.isPending) return <Skeleton lines={3} />;
  if (catalogue.error) {
    return (
      <ErrorPanel
        title="The list of endpoints could not be loaded"
        error={catalogue.error as ApiError}
        onRetry={() => void catalogue.refetch()}
      />
    );
  }
  const chosen = new Set(value.map(keyOf));
  const needle = filter.trim().toLowerCase();
  const shown = catalogue.data.filter((endpoint) =>
    `${keyOf(endpoint)} ${endpoint.display_name}`.toLowerCase().includes(needle),
  );
  const toggle = ({ method, path }: ApiEndpoint, on: boolean) =>
    onChange(
      on
        ? [...value, { method, path }]
        : value.filter((each) => keyOf(each) !== `${method} ${path}`),
    );
  return (
    <>
      <TextField
        label="Endpoints"
        placeholder="Search, such as GET hosts"
        hint={`${plural(value.length, 'endpoint')} chosen`}
        error={error}
        value={filter}
        onChange={(event) => setFilter(event.target.value)}
      />
      <ul aria-label="Endpoints" tabIndex={0}>
        {shown.map((endpoint) => (
          <li key={keyOf(endpoint)}>
            <label title={endpoint.display_name}>
              <input
                type="checkbox"
                checked={chosen.has(keyOf(endpoint))}
                onChange={(event) => toggle(endpoint, event.target.checked)}
              />
              <span className={styles.method}>{endpoint.method}</span>
              <code>{endpoint.path}</code>
            </label>
          </li>
        ))}
        {shown.length === 0 && <li>Nothing matches.</li>}
      </ul>
    </>
  );
}
