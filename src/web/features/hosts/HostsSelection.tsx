import { useState } from 'react';
import { ArrowRightLeft, RefreshCw, Tag, Trash2 } from 'lucide-react';
import type { HostFilter } from '@/api/hosts';
import type { User } from '@/api/types';
import { Button } from '@/components/Button';
import { SelectionBar } from '@/components/Toolbar';
import { count, plural } from '@/lib/format';
import { can } from '@/lib/permissions';
import { DeleteHosts, LabelHosts, TransferHosts } from './BulkActions';
import type { Chosen } from './eachHost';
import { RefetchHosts } from './RefetchHosts';

const nothing: ReadonlySet<number> = new Set();

/** Hosts chosen one by one, or all that match. */
export function useSelection() {
  const [ids, setIds] = useState(nothing);
  const [all, setAll] = useState(false);
  return {
    ids,
    all,
    choose: (next: ReadonlySet<number>) => {
      setIds(next);
      setAll(false);
    },
    chooseAll: () => setAll(true),
    clear: () => {
      setIds(nothing);
      setAll(false);
    },
  };
}

interface Props {
  selection: ReturnType<typeof useSelection>;
  filter: HostFilter;
  /** How many match the filter. */
  total: number | undefined;
  user: User | undefined;
  withTeams: boolean;
}

/** What is selected, and what can be done with it. */
export function HostsSelection({ selection, filter, total, user, withTeams }: Props) {
  const [action, setAction] = useState<'refetch' | 'delete' | 'transfer' | 'label' | null>(null);
  const chosen: Chosen = {
    ids: [...selection.ids],
    filter: selection.all ? filter : undefined,
    total: selection.all ? (total ?? selection.ids.size) : selection.ids.size,
  };
  if (chosen.total === 0 && action === null) return null;
  const dialog = { chosen, onDone: selection.clear, onClose: () => setAction(null) };

  return (
    <>
      {chosen.total > 0 && (
        <SelectionBar onClear={selection.clear}>
          <strong>{plural(chosen.total, 'host')} selected</strong>
          {!selection.all && total !== undefined && total > selection.ids.size && (
            <Button size="s" look="quiet" onClick={selection.chooseAll}>
              Select all {count(total)} matching
            </Button>
          )}
          {can(user, 'hosts.refetch') && (
            <Button size="s" icon={<RefreshCw />} onClick={() => setAction('refetch')}>
              Refetch
            </Button>
          )}
          {withTeams && can(user, 'hosts.transfer') && (
            <Button size="s" icon={<ArrowRightLeft />} onClick={() => setAction('transfer')}>
              Move to team
            </Button>
          )}
          {can(user, 'hosts.label') && (
            <Button size="s" icon={<Tag />} onClick={() => setAction('label')}>
              Label
            </Button>
          )}
          {can(user, 'hosts.delete') && (
            <Button size="s" icon={<Trash2 />} onClick={() => setAction('delete')}>
              Delete
            </Button>
          )}
        </SelectionBar>
      )}
      {action === 'refetch' && <RefetchHosts {...dialog} />}
      {action === 'delete' && <DeleteHosts {...dialog} />}
      {action === 'transfer' && <TransferHosts {...dialog} />}
      {action === 'label' && <LabelHosts {...dialog} />}
    </>
  );
}
