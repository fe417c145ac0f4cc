import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { hosts as hostsApi } from '@/api/hosts';
import { labelDetailsQuery, labels as labelsApi } from '@/api/labels';
import { teamNamesQuery } from '@/api/teamList';
import type { ApiError } from '@/api/client';
import { Button } from '@/components/Button';
import { ConfirmDialog, Dialog } from '@/components/Dialog';
import { FormError, SelectField } from '@/components/Field';
import { Meter } from '@/components/Meter';
import { EmptyState, Skeleton } from '@/components/States';
import { toast } from '@/components/Toast';
import { count, plural } from '@/lib/format';
import { atOnce, forEachHost, idsOf, most, type Chosen } from './eachHost';

interface Props {
  chosen: Chosen;
  onDone: () => void;
  onClose: () => void;
}

export function DeleteHosts({ chosen, onDone, onClose }: Props) {
  const cache = useQueryClient();
  const { ids, filter, total } = chosen;
  return (
    <ConfirmDialog
      title={`Delete ${plural(total, 'host')}?`}
      action="Delete"
      typeToConfirm={total > 10 ? String(total) : undefined}
      onClose={onClose}
      onConfirm={async () => {
        if (filter) await hostsApi.removeMatching(filter);
        else await hostsApi.removeMany(ids);
        onDone();
        toast.ok(`${plural(total, 'host')} deleted.`);
        await cache.invalidateQueries({ queryKey: ['hosts'] });
      }}
    >
      <p>Their details, stored query results and label memberships are removed.</p>
      <p>A host whose agent still runs comes back at its next check-in. Stop the agent first.</p>
    </ConfirmDialog>
  );
}

export function TransferHosts({ chosen, onDone, onClose }: Props) {
  const cache = useQueryClient();
  const teams = useQuery(teamNamesQuery);
  const [team, setTeam] = useState('');
  const to = team === 'none' ? null : Number(team);
  const name = teams.data?.find((each) => each.id === to)?.name ?? 'no team';
  const move = useMutation({
    mutationFn: () =>
      chosen.filter
        ? hostsApi.transferMatching(to, chosen.filter)
        : hostsApi.transfer(to, chosen.ids),
    onSuccess: async () => {
      toast.ok(`${plural(chosen.total, 'host')} moved to ${name}.`);
      onDone();
      onClose();
      await cache.invalidateQueries({ queryKey: ['hosts'] });
    },
  });
  return (
    <Dialog
      title={`Move ${plural(chosen.total, 'host')} to a team`}
      description="They get the queries, policies and settings of that team. Answers to policies of their present team are removed."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={team === ''}
            busy={move.isPending}
            onClick={() => move.mutate()}
          >
            Move
          </Button>
        </>
      }
    >
      <FormError>{move.error ? (move.error as ApiError).summary() : null}</FormError>
      {teams.isPending ? (
        <Skeleton lines={1} />
      ) : (
        <SelectField label="Team" value={team} onChange={(event) => setTeam(event.target.value)}>
          <option value="" disabled>
            Choose a team
          </option>
          {teams.data?.map((each) => (
            <option key={each.id} value={each.id}>
              {each.name}
            </option>
          ))}
          <option value="none">No team</option>
        </SelectField>
      )}
    </Dialog>
  );
}

export function LabelHosts({ chosen, onDone, onClose }: Props) {
  const cache = useQueryClient();
  const labels = useQuery(labelDetailsQuery(undefined));
  const [name, setName] = useState('');
  const [remove, setRemove] = useState(false);
  const [done, setDone] = useState(0);
  const manual = (labels.data ?? []).filter(
    (label) => label.label_type === 'regular' && label.label_membership_type === 'manual',
  );
  const tooMany = chosen.total > most;
  const run = useMutation({
    mutationFn: async () => {
      const act = remove ? labelsApi.removeFromHost : labelsApi.addToHost;
      return forEachHost(await idsOf(chosen), (id) => act(id, [name]), setDone);
    },
    onSuccess: async ({ failed }) => {
      const changed = chosen.total - failed;
      if (failed > 0) toast.error(`${plural(failed, 'host')} could not be changed.`);
      if (changed > 0) {
        toast.ok(`${plural(changed, 'host')} ${remove ? 'lost' : 'got'} the label “${name}”.`);
      }
      onDone();
      onClose();
      await cache.invalidateQueries({ queryKey: ['labels'] });
      void cache.invalidateQueries({ queryKey: ['hosts'] });
    },
  });
  return (
    <Dialog
      title={`Label ${plural(chosen.total, 'host')}`}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={name === '' || tooMany}
            busy={run.isPending}
            onClick={() => run.mutate()}
          >
            {remove ? 'Remove label' : 'Add label'}
          </Button>
        </>
      }
    >
      <FormError>
        {run.error
          ? (run.error as ApiError).summary()
          : tooMany
            ? `At most ${count(most)} hosts can be labelled by hand at once. A dynamic label suits so many.`
            : null}
      </FormError>
      {labels.isPending ? (
        <Skeleton lines={2} />
      ) : manual.length === 0 ? (
        <EmptyState compact title="No manual label exists">
          Only labels that are filled by hand can be given here. Add one on the labels page.
        </EmptyState>
      ) : (
        <>
          <SelectField
            label="What to do"
            value={remove ? 'remove' : 'add'}
            onChange={(event) => setRemove(event.target.value === 'remove')}
          >
            <option value="add">Add a label</option>
            <option value="remove">Remove a label</option>
          </SelectField>
          <SelectField label="Label" value={name} onChange={(event) => setName(event.target.value)}>
            <option value="" disabled>
              Choose a label
            </option>
            {manual.map((label) => (
              <option key={label.id}>{label.name}</option>
            ))}
          </SelectField>
        </>
      )}
      {run.isPending && chosen.total > atOnce && (
        <Meter label="Hosts done" value={done} max={chosen.total} />
      )}
    </Dialog>
  );
}
