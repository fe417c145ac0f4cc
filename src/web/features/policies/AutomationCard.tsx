import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { policyWebhookQuery, savePolicyWebhook, type Policy } from '@/api/policies';
import { CheckboxField } from '@/components/Field';
import { Card } from '@/components/Page';
import { toast } from '@/components/Toast';

/** Whether a webhook hears about hosts that begin to fail this policy. */
export function AutomationCard({ policy }: { policy: Policy }) {
  const cache = useQueryClient();
  const team = policy.team_id ?? undefined;
  const webhook = useQuery({ ...policyWebhookQuery(team), retry: false });
  const settings = webhook.data;
  const chosen = settings?.policy_ids ?? [];
  const ready =
    settings !== undefined &&
    settings.enable_failing_policies_webhook &&
    settings.destination_url !== '';
  const save = useMutation({
    mutationFn: async (on: boolean) => {
      if (!settings) return;
      const others = chosen.filter((id) => id !== policy.id);
      await savePolicyWebhook(team, {
        ...settings,
        policy_ids: on ? [...others, policy.id] : others,
      });
    },
    onSuccess: async (_, on) => {
      toast.ok(on ? 'The webhook is called for this policy.' : 'The webhook is no longer called.');
      await cache.invalidateQueries({ queryKey: ['policies', 'webhook'] });
    },
    onError: toast.error,
  });
  if (!settings) return null;
  // What was just clicked shows at once; the server's word follows.
  const on = save.isPending ? save.variables : chosen.includes(policy.id);
  return (
    <Card title="Automations">
      <CheckboxField
        label="Call the webhook when hosts begin to fail"
        disabled={!ready || save.isPending}
        checked={on}
        hint={
          ready ? (
            settings.destination_url
          ) : (
            <>
              No webhook is switched on.{' '}
              <Link to="/policies/manage" search={{ team_id: team, automations: true }}>
                Set one up
              </Link>
            </>
          )
        }
        onChange={(event) => save.mutate(event.target.checked)}
      />
    </Card>
  );
}
