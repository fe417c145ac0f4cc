import { useQueryClient } from '@tanstack/react-query';
import { settings } from '@/api/settings';
import { OptionsEditor } from '@/components/OptionsEditor';
import { toast } from '@/components/Toast';
import type { Json } from '@/lib/fields';

/** What agents of hosts without a team are told to do. */
export default function AgentOptions({ options, readOnly }: { options: Json; readOnly: boolean }) {
  const cache = useQueryClient();
  return (
    <OptionsEditor
      label="Agent options"
      note="For hosts of no team. A team that has options of its own uses only those."
      stored={options}
      readOnly={readOnly}
      onCheck={(next) => settings.patch({ agent_options: next }, { dry_run: true })}
      onSave={async (next, force) => {
        await settings.patch({ agent_options: next }, force ? { force } : {});
        await cache.invalidateQueries({ queryKey: ['config'] });
        toast.ok('Saved the agent options. Hosts get them with their next check-in.');
      }}
    />
  );
}
