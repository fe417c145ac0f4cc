import { useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { teams, type Team } from '@/api/teams';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { OptionsEditor } from '@/components/OptionsEditor';
import { toast } from '@/components/Toast';
import { isObject, type Json } from '@/lib/fields';

/** What agents of this team's hosts are told, in place of the organization's options. */
export default function OptionsTab({ team, readOnly }: { team: Team; readOnly: boolean }) {
  const cache = useQueryClient();
  const [clearing, setClearing] = useState(false);
  const stored = (team.agent_options ?? {}) as Json;
  const own = isObject(stored) && Object.keys(stored).length > 0;
  const fresh = () => cache.invalidateQueries({ queryKey: ['teams'] });
  return (
    <>
      <OptionsEditor
        label={`Agent options of ${team.name}`}
        note={
          own
            ? 'These options replace those of the organization completely; nothing is merged.'
            : 'This team has no options of its own: those of the organization count until you save some here.'
        }
        stored={stored}
        readOnly={readOnly}
        onCheck={(options) => teams.setAgentOptions(team.id, options, { dry_run: true })}
        onSave={async (options, force) => {
          await teams.setAgentOptions(team.id, options, force ? { force } : {});
          await fresh();
          toast.ok(`Saved. Hosts of ${team.name} get the options with their next check-in.`);
        }}
        actions={
          own &&
          !readOnly && (
            <Button onClick={() => setClearing(true)}>Use the organization’s options</Button>
          )
        }
      />
      {clearing && (
        <ConfirmDialog
          title={`Remove the agent options of ${team.name}?`}
          action="Remove"
          onClose={() => setClearing(false)}
          onConfirm={async () => {
            await teams.setAgentOptions(team.id, {});
            await fresh();
            toast.ok(`Hosts of ${team.name} use the organization’s options.`);
          }}
        >
          <p>Its hosts get the options of the organization with their next check-in.</p>
        </ConfirmDialog>
      )}
    </>
  );
}
