import { useState } from 'react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { KeyRound, Plus, Trash2 } from 'lucide-react';
import { apiTokens, apiTokensQuery, type ApiToken } from '@/api/account';
import type { ApiError } from '@/api/client';
import { teamListQuery } from '@/api/teams';
import { Badge } from '@/components/Badge';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { Card } from '@/components/Page';
import { SecretOnce } from '@/components/SecretOnce';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Ago } from '@/components/Time';
import { toast } from '@/components/Toast';
import { NewTokenDialog } from './NewTokenDialog';
import { isOver, scopeText } from './tokens';
import styles from './Account.module.css';

/** Tokens that the viewer's programs use in place of a password. */
export function ApiTokens() {
  const cache = useQueryClient();
  const tokens = useQuery(apiTokensQuery);
  const teams = useQuery({ ...teamListQuery, retry: false }).data ?? [];
  const [creating, setCreating] = useState(false);
  const [made, setMade] = useState<{ name: string; token: string } | null>(null);
  const [revoking, setRevoking] = useState<ApiToken | null>(null);
  const fresh = () => cache.invalidateQueries({ queryKey: apiTokensQuery.queryKey });
  const rows = tokens.data ?? [];
  const add = (
    <Button size="s" icon={<Plus />} disabled={!tokens.data} onClick={() => setCreating(true)}>
      Create token
    </Button>
  );
  return (
    <Card title="API tokens" flush actions={add}>
      {tokens.isPending ? (
        <Skeleton lines={2} />
      ) : tokens.error ? (
        <ErrorPanel error={tokens.error as ApiError} onRetry={() => void tokens.refetch()} />
      ) : rows.length === 0 ? (
        <EmptyState icon={<KeyRound />} compact title="No API tokens">
          A token lets a program act for you: give each one its own, with no more rights and no
          longer life than it needs.
        </EmptyState>
      ) : (
        <ul className={styles.tokens}>
          {rows.map((token) => (
            <li key={token.id}>
              <div>
                <strong>{token.name}</strong> {isOver(token) && <Badge tone="bad">Ended</Badge>}
                <p className={styles.note}>
                  {scopeText(token, teams)}
                  {' · '}made <Ago at={token.created_at} />
                  {' · '}
                  {token.expires_at ? (
                    <>
                      {isOver(token) ? 'ended' : 'ends'} <Ago at={token.expires_at} />
                    </>
                  ) : (
                    'no end'
                  )}
                  {' · '}
                  {token.last_used_at ? (
                    <>
                      used <Ago at={token.last_used_at} />
                    </>
                  ) : (
                    'never used'
                  )}
                </p>
              </div>
              <Button
                size="s"
                icon={<Trash2 />}
                aria-label={`Revoke ${token.name}`}
                onClick={() => setRevoking(token)}
              >
                Revoke
              </Button>
            </li>
          ))}
        </ul>
      )}
      {creating && (
        <NewTokenDialog
          teams={teams}
          taken={rows.map(({ name }) => name)}
          onClose={() => setCreating(false)}
          onCreate={async (body) => {
            const { token } = await apiTokens.create(body);
            await fresh();
            setMade({ name: body.name, token });
          }}
        />
      )}
      {made && (
        <SecretOnce
          title="Your new API token"
          name={made.name}
          secret={made.token}
          onClose={() => setMade(null)}
        />
      )}
      {revoking && (
        <ConfirmDialog
          title={`Revoke ${revoking.name}?`}
          action="Revoke"
          onClose={() => setRevoking(null)}
          onConfirm={async () => {
            await apiTokens.remove(revoking.id);
            toast.ok(`“${revoking.name}” was revoked.`);
            await fresh();
          }}
        >
          <p>Programs that use this token are refused at once.</p>
        </ConfirmDialog>
      )}
    </Card>
  );
}
