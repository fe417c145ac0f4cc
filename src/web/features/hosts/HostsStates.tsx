import { useQueryClient } from '@tanstack/react-query';
import { Laptop, Plus, SearchX } from 'lucide-react';
import { hosts as hostsApi, type HostFilter } from '@/api/hosts';
import { Button } from '@/components/Button';
import { ConfirmDialog } from '@/components/Dialog';
import { EmptyState } from '@/components/States';
import { toast } from '@/components/Toast';
import { plural } from '@/lib/format';

export function NoHosts({
  filtered,
  pastEnd,
  onClear,
  onFirst,
  onAdd,
}: {
  filtered: boolean;
  pastEnd: boolean;
  onClear: () => void;
  onFirst: () => void;
  onAdd: (() => void) | undefined;
}) {
  if (pastEnd) {
    return (
      <EmptyState title="This page is empty" action={<Button onClick={onFirst}>First page</Button>}>
        There are fewer hosts than this page would need.
      </EmptyState>
    );
  }
  if (filtered) {
    return (
      <EmptyState
        icon={<SearchX />}
        title="No host matches"
        action={<Button onClick={onClear}>Clear filters</Button>}
      >
        Try fewer filters, or another part of the name, serial number or IP address.
      </EmptyState>
    );
  }
  return (
    <EmptyState
      icon={<Laptop />}
      title="No hosts yet"
      action={
        onAdd && (
          <Button look="primary" icon={<Plus />} onClick={onAdd}>
            Add hosts
          </Button>
        )
      }
    >
      {onAdd
        ? 'Point osquery at this server and the first host appears here within seconds.'
        : 'An administrator or maintainer can add hosts.'}
    </EmptyState>
  );
}

export function DeleteHosts({
  ids,
  filter,
  total,
  onDone,
  onClose,
}: {
  ids: number[];
  filter: HostFilter | undefined;
  total: number;
  onDone: () => void;
  onClose: () => void;
}) {
  const cache = useQueryClient();
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
