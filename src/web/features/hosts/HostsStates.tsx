import { Laptop, Plus, SearchX } from 'lucide-react';
import { Button } from '@/components/Button';
import { EmptyState } from '@/components/States';

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
