import { useState } from 'react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { ApiError } from '@/api/client';
import { hosts as hostsApi } from '@/api/hosts';
import { Button } from '@/components/Button';
import { Dialog } from '@/components/Dialog';
import { FormError } from '@/components/Field';
import { Meter } from '@/components/Meter';
import { toast } from '@/components/Toast';
import { count, plural } from '@/lib/format';
import { atOnce, forEachHost, idsOf, most, type Chosen } from './eachHost';

/** Asks the chosen hosts for new details. */
export function RefetchHosts({
  chosen,
  onDone,
  onClose,
}: {
  chosen: Chosen;
  onDone: () => void;
  onClose: () => void;
}) {
  const cache = useQueryClient();
  const [done, setDone] = useState(0);
  const tooMany = chosen.total > most;
  const run = useMutation({
    mutationFn: async () => {
      const ids = await idsOf(chosen);
      return { ...(await forEachHost(ids, hostsApi.refetch, setDone)), asked: ids.length };
    },
    onSuccess: ({ failed, asked }) => {
      if (failed > 0) toast.error(`${plural(failed, 'host')} could not be asked.`);
      if (asked > failed) toast.ok(`New details were asked of ${plural(asked - failed, 'host')}.`);
      onDone();
      onClose();
      void cache.invalidateQueries({ queryKey: ['hosts'] });
    },
  });
  return (
    <Dialog
      title={`Refetch ${plural(chosen.total, 'host')}?`}
      description="Each one sends its details anew at its next check-in; those that are offline do it when they are back."
      onClose={onClose}
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            look="primary"
            disabled={tooMany}
            busy={run.isPending}
            onClick={() => run.mutate()}
          >
            Refetch
          </Button>
        </>
      }
    >
      <FormError>
        {run.error
          ? (run.error as ApiError).summary()
          : tooMany
            ? `At most ${count(most)} hosts can be refetched at once. All of them send their details regularly anyway.`
            : null}
      </FormError>
      {run.isPending && chosen.total > atOnce && (
        <Meter label="Hosts asked" value={done} max={chosen.total} />
      )}
    </Dialog>
  );
}
