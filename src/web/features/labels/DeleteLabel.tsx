import { useQuery, useQueryClient } from '@tanstack/react-query';
import { labels as api, type LabelDetail } from '@/api/labels';
import { policyListQuery } from '@/api/policies';
import { ConfirmDialog } from '@/components/Dialog';
import { toast } from '@/components/Toast';
import { plural } from '@/lib/format';

/** Says what a label is used for before it goes. */
export function DeleteLabel({
  label,
  onClose,
  onDone,
}: {
  label: LabelDetail;
  onClose: () => void;
  onDone?: () => void;
}) {
  const cache = useQueryClient();
  const list = useQuery(
    policyListQuery({
      team_id: label.team_id ?? undefined,
      page: 0,
      per_page: 500,
      order_key: 'name',
      order_direction: 'asc',
    }),
  );
  const users = (list.data ?? []).filter((policy) =>
    [
      policy.labels_include_any,
      policy.labels_include_all,
      policy.labels_exclude_any,
      policy.labels_exclude_all,
    ].some((labels) => labels?.some((one) => one.id === label.id)),
  );
  return (
    <ConfirmDialog
      title={`Delete the label “${label.name}”?`}
      action="Delete label"
      onClose={onClose}
      onConfirm={async () => {
        await api.remove(label.id);
        toast.ok(`“${label.name}” was deleted.`);
        onDone?.();
        void cache.invalidateQueries({ queryKey: ['labels'] });
        void cache.invalidateQueries({ queryKey: ['policies'] });
      }}
    >
      <p>{plural(label.count, 'host')} lose it. The hosts themselves stay.</p>
      {users.length > 0 && (
        <p>
          {plural(users.length, 'policy uses', 'policies use')} it to choose hosts:{' '}
          {users
            .slice(0, 5)
            .map((policy) => policy.name)
            .join(', ')}
          {users.length > 5 && ` and ${users.length - 5} more`}.
        </p>
      )}
      <p>Links to its hosts and queries that target it stop working.</p>
    </ConfirmDialog>
  );
}
