import { useMutation } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Columns3, Combine, Download, Plus, Tag } from 'lucide-react';
import { hosts as hostsApi, type HostFilter } from '@/api/hosts';
import type { Host } from '@/api/types';
import { Button } from '@/components/Button';
import type { Column } from '@/components/DataTable';
import { Menu, MenuCheckbox } from '@/components/Menu';
import { Picker } from '@/components/Picker';
import { toast } from '@/components/Toast';
import { FilterSelect } from '@/components/Toolbar';
import { csvFileName, download } from '@/lib/csv';

export function StatusFilter({
  value,
  onChange,
}: {
  value: string | undefined;
  onChange: (value: string | undefined) => void;
}) {
  return (
    <FilterSelect
      label="Status"
      value={value ?? ''}
      onChange={(next) => onChange(next || undefined)}
    >
      <option value="">All</option>
      <option value="online" title="Checks in regularly">
        Online
      </option>
      <option value="offline" title="Has missed its check-ins">
        Offline
      </option>
      <option value="missing" title="Not seen for 30 days or more">
        Missing
      </option>
      <option value="new" title="Added in the last 24 hours">
        New
      </option>
    </FilterSelect>
  );
}

/** Platforms and labels to narrow by; what is chosen shows as a pill. */
export function LabelFilter({
  labels,
  value,
  onChange,
  onCombine,
  mayAdd,
}: {
  labels: readonly { id: number; name: string; label_type: string }[];
  value: number | undefined;
  onChange: (value: number | undefined) => void;
  onCombine: () => void;
  mayAdd: boolean;
}) {
  const navigate = useNavigate();
  const items = [
    ...labels
      .filter((label) => label.label_type === 'builtin' && label.name !== 'All Hosts')
      .map((label) => ({ key: String(label.id), label: label.name, group: 'Platforms' })),
    ...labels
      .filter((label) => label.label_type !== 'builtin')
      .map((label) => ({ key: String(label.id), label: label.name, group: 'Labels' })),
    {
      key: 'combine',
      label: 'Combine labels…',
      group: 'Labels',
      icon: <Combine aria-hidden />,
      words: 'and or not all any none',
    },
    ...(mayAdd
      ? [{ key: 'add', label: 'Add a label…', group: 'Labels', icon: <Plus aria-hidden /> }]
      : []),
  ];
  return (
    <Picker
      label="Platform or label"
      icon={<Tag aria-hidden />}
      items={items}
      chosen={value === undefined ? undefined : String(value)}
      onPick={(item) => {
        if (item.key === 'combine') {
          onCombine();
        } else if (item.key === 'add') {
          void navigate({ to: '/labels/new/$kind', params: { kind: 'dynamic' } });
        } else {
          onChange(item.key === String(value) ? undefined : Number(item.key));
        }
      }}
    >
      Platform or label
    </Picker>
  );
}

export function ColumnChooser({
  columns,
  hidden,
  onChange,
}: {
  columns: readonly Column<Host>[];
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}) {
  return (
    <Menu trigger={<Button icon={<Columns3 />}>Columns</Button>}>
      {columns
        .filter((column) => !column.always)
        .map((column) => (
          <MenuCheckbox
            key={column.id}
            checked={!hidden.includes(column.id)}
            onChange={(shown) =>
              onChange(shown ? hidden.filter((id) => id !== column.id) : [...hidden, column.id])
            }
          >
            {column.header}
          </MenuCheckbox>
        ))}
    </Menu>
  );
}

export function ExportButton({
  columns,
  filter,
  sort,
  hidden,
  disabled,
}: {
  columns: readonly Column<Host>[];
  filter: HostFilter;
  sort: { key: string; direction: string };
  hidden: readonly string[];
  disabled: boolean;
}) {
  const shown = columns.filter((column) => !hidden.includes(column.id));
  const run = useMutation({
    mutationFn: () =>
      hostsApi.csv(filter, {
        columns: shown.map((column) => column.id).join(','),
        order_key: sort.key,
        order_direction: sort.direction,
      }),
    onSuccess: (blob) => download(blob, csvFileName('Hosts')),
    onError: toast.error,
  });
  return (
    <Button
      icon={<Download />}
      busy={run.isPending}
      disabled={disabled}
      onClick={() => run.mutate()}
    >
      Export CSV
    </Button>
  );
}
