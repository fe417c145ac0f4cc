import { useState, type FormEvent } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/client';
import { teams, type Team } from '@/api/teams';
import { Button } from '@/components/Button';
import { ConfirmDialog, Dialog } from '@/components/Dialog';
import { FormError, TextField } from '@/components/Field';
import { toast } from '@/components/Toast';
import { plural } from '@/lib/format';
import styles from './Teams.module.css';

/** Creates a team, or changes the name and description of one. */
export function TeamDialog({
  team,
  onClose,
  onSaved,
}: {
  team?: Team;
  onClose: () => void;
  onSaved?: (team: Team) => void;
}) {
  const cache = useQueryClient();
  const [name, setName] = useState(team?.name ?? '');
  const [description, setDescription] = useState(team?.description ?? '');
  const body = { name: name.trim(), description: description.trim() };
  const store = useMutation({
    mutationFn: () => (team ? teams.modify(team.id, body) : teams.create(body)),
    onSuccess: async (saved) => {
      await cache.invalidateQueries({ queryKey: ['teams'] });
      await cache.invalidateQueries({ queryKey: ['me'] });
      toast.ok(team ? `“${saved.name}” was saved.` : `“${saved.name}” was created.`);
      onClose();
      onSaved?.(saved);
    },
  });
  const error = store.error instanceof ApiError ? store.error : null;
  const reserved = /^(no team|all teams|unassigned|all fleets)$/i.test(body.name);
  const ready = body.name !== '' && !reserved;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (ready) store.mutate();
  };
  return (
    <Dialog
      title={team ? `Edit ${team.name}` : 'Create a team'}
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            type="submit"
            form="team-form"
            look="primary"
            busy={store.isPending}
            disabled={!ready}
          >
            {team ? 'Save' : 'Create team'}
          </Button>
        </>
      }
    >
      <form id="team-form" onSubmit={submit} noValidate className={styles.stack}>
        {error && error.status !== 409 && (
          <FormError>{error.summary(['name', 'description'])}</FormError>
        )}
        <TextField
          label="Name"
          required
          data-autofocus
          maxLength={255}
          value={name}
          error={
            reserved
              ? 'This name is taken by the server itself.'
              : error?.status === 409
                ? 'Another team has this name already.'
                : error?.field('name')
          }
          onChange={(event) => setName(event.target.value)}
        />
        <TextField
          label="Description"
          optional
          value={description}
          error={error?.field('description')}
          onChange={(event) => setDescription(event.target.value)}
        />
      </form>
    </Dialog>
  );
}

export function DeleteTeamDialog({
  team,
  onClose,
  onDeleted,
}: {
  team: Team;
  onClose: () => void;
  onDeleted: () => void;
}) {
  const cache = useQueryClient();
  return (
    <ConfirmDialog
      title={`Delete ${team.name}?`}
      action="Delete team"
      typeToConfirm={team.name}
      onClose={onClose}
      onConfirm={async () => {
        await teams.remove(team.id);
        toast.ok(`“${team.name}” was deleted.`);
        onDeleted();
        await cache.invalidateQueries({ queryKey: ['teams', 'list'] });
        await cache.invalidateQueries({ queryKey: ['me'] });
      }}
    >
      <p>This cannot be undone.</p>
      <ul className={styles.consequences}>
        <li>
          {team.host_count === 0
            ? 'It has no hosts.'
            : `${plural(team.host_count, 'host')} move to “No team” and get its settings.`}
        </li>
        <li>Its queries, policies, labels, scripts and stored rows are removed.</li>
        <li>Its enroll secrets stop working: hosts that are set up with them cannot enroll.</li>
        <li>
          {team.user_count === 0
            ? 'It has no members.'
            : `${plural(team.user_count, 'member')} lose the role on it; whoever has no other role can do nothing any more.`}
        </li>
      </ul>
    </ConfirmDialog>
  );
}
