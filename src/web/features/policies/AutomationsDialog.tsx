import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import {
  policyListQuery,
  policyWebhookQuery,
  savePolicyWebhook,
  type FailingPoliciesWebhook,
  type Policy,
} from '@/api/policies';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { CheckboxField, FormError, TextField } from '@/components/Field';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { toast } from '@/components/Toast';
import styles from './Policies.module.css';

/** Which failing policies call a webhook, and where it is. */
export function AutomationsDialog({
  team,
  onClose,
}: {
  team: number | undefined;
  onClose: () => void;
}) {
  const webhook = useQuery({ ...policyWebhookQuery(team), staleTime: Infinity });
  const list = useQuery(
    policyListQuery({
      team_id: team,
      page: 0,
      per_page: 500,
      order_key: 'name',
      order_direction: 'asc',
    }),
  );
  const own = list.data?.filter((policy) => policy.team_id === (team ?? null));
  const error = webhook.error ?? list.error;
  if (webhook.data && own) {
    return <Form team={team} saved={webhook.data} policies={own} onClose={onClose} />;
  }
  return (
    <Dialog title="Automations of policies" onClose={onClose}>
      {error ? <ErrorPanel error={error as ApiError} /> : <Skeleton lines={6} />}
    </Dialog>
  );
}

function Form({
  team,
  saved,
  policies,
  onClose,
}: {
  team: number | undefined;
  saved: FailingPoliciesWebhook;
  policies: readonly Policy[];
  onClose: () => void;
}) {
  const cache = useQueryClient();
  const [fields, setFields] = useState(saved);
  const on = fields.enable_failing_policies_webhook;
  const chosen = new Set(fields.policy_ids ?? []);
  const save = useMutation({
    mutationFn: () => savePolicyWebhook(team, fields),
    onSuccess: async () => {
      toast.ok(on ? 'Automations are on.' : 'Automations are off.');
      await cache.invalidateQueries({ queryKey: ['policies', 'webhook'] });
      void cache.invalidateQueries({ queryKey: ['config'] });
      onClose();
    },
  });
  const error = save.error instanceof ApiError ? save.error : null;
  const url = error?.errors.find((each) => each.name.includes('destination_url'))?.reason;
  const toggle = (id: number, wanted: boolean) => {
    const next = new Set(chosen);
    if (wanted) next.add(id);
    else next.delete(id);
    setFields({ ...fields, policy_ids: [...next] });
  };

  return (
    <Dialog
      title="Automations of policies"
      description="When hosts begin to fail a policy, a webhook hears about them: one message for each policy, once a day."
      wide
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            busy={save.isPending}
            disabled={on && fields.destination_url.trim() === ''}
            onClick={() => save.mutate()}
          >
            Save
          </Button>
        </>
      }
    >
      <div className={styles.stack}>
        <FormError>{error && !url ? error.summary() : null}</FormError>
        <CheckboxField
          label="Call a webhook"
          checked={on}
          onChange={(event) =>
            setFields({ ...fields, enable_failing_policies_webhook: event.target.checked })
          }
        />
        <TextField
          label="Address"
          type="url"
          placeholder="https://example.com/hook"
          value={fields.destination_url}
          error={url}
          disabled={!on}
          onChange={(event) => setFields({ ...fields, destination_url: event.target.value.trim() })}
        />
        <TextField
          label="Hosts in one message"
          hint="0 puts all of them in one."
          inputMode="numeric"
          value={String(fields.host_batch_size)}
          disabled={!on}
          onChange={(event) =>
            setFields({ ...fields, host_batch_size: Number(event.target.value.replace(/\D/g, '')) })
          }
        />
        <fieldset className={styles.choices} disabled={!on}>
          <legend>Policies</legend>
          {policies.length === 0 ? (
            <EmptyState compact title="No policies yet" />
          ) : (
            <div className={styles.scroll}>
              {policies.map((policy) => (
                <CheckboxField
                  key={policy.id}
                  label={policy.name}
                  checked={chosen.has(policy.id)}
                  onChange={(event) => toggle(policy.id, event.target.checked)}
                />
              ))}
            </div>
          )}
        </fieldset>
      </div>
    </Dialog>
  );
}
