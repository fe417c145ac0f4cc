import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ArrowRightLeft } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { hosts } from '@/api/hosts';
import { teamNamesQuery } from '@/api/teamList';
import type { HostDetail } from '@/api/types';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { FormError, SelectField } from '@/components/Field';
import { toast } from '@/components/Toast';

/** Moves one host to another team. Without teams there is nowhere to go. */
export function TransferButton({ host }: { host: HostDetail }) {
  const cache = useQueryClient();
  const teams = useQuery(teamNamesQuery).data ?? [];
  const [open, setOpen] = useState(false);
  const [team, setTeam] = useState('');
  const move = useMutation({
    mutationFn: () => hosts.transfer(team === 'none' ? null : Number(team), [host.id]),
    onSuccess: async () => {
      setOpen(false);
      toast.ok('The host was moved.');
      await cache.invalidateQueries({ queryKey: ['hosts'] });
    },
  });
  if (teams.length === 0) return null;
  return (
    <>
      <Button icon={<ArrowRightLeft />} onClick={() => setOpen(true)}>
        Move to team
      </Button>
      {open && (
        <Dialog
          title={`Move ${host.display_name} to a team`}
          description="It gets the queries, policies and settings of that team. Answers to policies of its present team are removed."
          onClose={() => setOpen(false)}
          footer={
            <>
              <Button onClick={() => setOpen(false)}>Cancel</Button>
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
          <SelectField label="Team" value={team} onChange={(event) => setTeam(event.target.value)}>
            <option value="" disabled>
              Choose a team
            </option>
            {teams
              .filter((each) => each.id !== host.team_id)
              .map((each) => (
                <option key={each.id} value={each.id}>
                  {each.name}
                </option>
              ))}
            {host.team_id !== null && <option value="none">No team</option>}
          </SelectField>
        </Dialog>
      )}
    </>
  );
}
