import { Card } from '@/components/Page';
import { EmptyState } from '@/components/States';
import { empty } from '@/lib/format';
import { isObject } from '@/lib/fields';
import styles from './Settings.module.css';

const kinds = [
  ['result', 'Query results'],
  ['status', 'Status of agents'],
  ['audit', 'Activities'],
] as const;

/** Where the server writes logs to: told by it, set in its configuration file. */
export function LogDestinations({ logging }: { logging: unknown }) {
  const known = isObject(logging) ? logging : {};
  const shown = kinds.filter(([kind]) => isObject(known[kind]));
  if (shown.length === 0) {
    return (
      <Card flush>
        <EmptyState title="The server does not say where its logs go">
          Destinations are set in the server’s configuration file.
        </EmptyState>
      </Card>
    );
  }
  return (
    <>
      <p className={styles.note}>
        Destinations are set in the server’s configuration file and take effect at its next start.
      </p>
      {shown.map(([kind, title]) => {
        const target = known[kind];
        return isObject(target) ? (
          <Card key={kind} title={title}>
            <dl className={styles.facts}>
              <div>
                <dt>Destination</dt>
                <dd>{String(target.plugin ?? empty)}</dd>
              </div>
              {Object.entries(isObject(target.config) ? target.config : {}).map(([key, value]) => (
                <div key={key}>
                  <dt>{key.replaceAll('_', ' ')}</dt>
                  <dd>
                    {typeof value === 'boolean' ? (value ? 'Yes' : 'No') : String(value || empty)}
                  </dd>
                </div>
              ))}
            </dl>
          </Card>
        ) : null;
      })}
    </>
  );
}
