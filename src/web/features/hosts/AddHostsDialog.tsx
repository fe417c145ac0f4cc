import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import { configQuery } from '@/api/auth';
import { certificateQuery, secretsQuery } from '@/api/hosts';
import { Button } from '@/components/Button';
import { CodeBlock } from '@/components/CopyButton';
import { Dialog } from '@/components/Dialog';
import { SelectField } from '@/components/Field';
import { EmptyState, Skeleton } from '@/components/States';
import { download } from '@/lib/csv';
import { Arrivals } from './Arrivals';
import { commands, flagFile, systems, type System } from './flags';
import styles from './Hosts.module.css';

interface Props {
  /** New hosts land here. */
  team: number | undefined;
  onClose: () => void;
  onSecrets: () => void;
}

/** Everything a host with plain osquery needs to enroll, ready to copy. */
export function AddHostsDialog({ team, onClose, onSecrets }: Props) {
  const secrets = useQuery(secretsQuery(team));
  const config = useQuery(configQuery);
  const certificate = useQuery(certificateQuery);
  const [system, setSystem] = useState<System>('linux');
  const [secretIndex, setSecretIndex] = useState(0);

  const secret = secrets.data?.[secretIndex]?.secret;
  const address = config.data?.server_settings.server_url || window.location.origin;
  let body;
  if (secrets.isPending || config.isPending) {
    body = <Skeleton lines={6} />;
  } else if (!secret) {
    body = (
      <EmptyState
        compact
        title="An enroll secret is needed first"
        action={
          <Button look="primary" onClick={onSecrets}>
            Manage enroll secrets
          </Button>
        }
      >
        Hosts show it when they enroll, so that only yours are let in.
      </EmptyState>
    );
  } else {
    const flags = flagFile(system, address);
    const run = commands(system, secret);
    body = (
      <>
        <div className={styles.row}>
          <SelectField
            label="Operating system"
            value={system}
            onChange={(event) => setSystem(event.target.value as System)}
          >
            {Object.entries(systems).map(([value, name]) => (
              <option key={value} value={value}>
                {name}
              </option>
            ))}
          </SelectField>
          {(secrets.data?.length ?? 0) > 1 && (
            <SelectField
              label="Enroll secret"
              value={secretIndex}
              onChange={(event) => setSecretIndex(Number(event.target.value))}
            >
              {secrets.data?.map((each, index) => (
                <option key={each.secret} value={index}>
                  {`${each.secret.slice(0, 6)}…`}
                </option>
              ))}
            </SelectField>
          )}
        </div>
        <ol className={styles.stepList}>
          <li>
            <p>
              Install osquery 5 on the host, from{' '}
              <a href="https://osquery.io/downloads" target="_blank" rel="noreferrer">
                osquery.io/downloads
              </a>
              .
            </p>
          </li>
          <li>
            <p>
              Save the server's certificate as <code>{run.certificatePath}</code>.
            </p>
            {certificate.data ? (
              <div>
                <Button
                  size="s"
                  icon={<Download />}
                  onClick={() =>
                    download(
                      new Blob([certificate.data], { type: 'application/x-pem-file' }),
                      'fleet.pem',
                    )
                  }
                >
                  Download fleet.pem
                </Button>
              </div>
            ) : (
              <p className={styles.note}>
                {certificate.error
                  ? 'The server cannot offer its certificate here: take the one that it was started with, or leave the flag out when a public authority signed it.'
                  : 'Loading…'}
              </p>
            )}
          </li>
          <li>
            <p>Save the secret and the flags on the host.</p>
            <CodeBlock label="Secret" value={run.saveSecret} />
            <CodeBlock label={run.flagPath} value={flags} />
          </li>
          <li>
            <p>Start osquery.</p>
            <CodeBlock label={run.shell} value={run.start} />
          </li>
        </ol>
        <Arrivals team={team} />
      </>
    );
  }

  return (
    <Dialog title="Add hosts" wide onClose={onClose}>
      <div className={styles.stack}>{body}</div>
    </Dialog>
  );
}
