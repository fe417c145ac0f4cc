import { useMutation } from '@tanstack/react-query';
import { Columns3, Download } from 'lucide-react';
import { hosts as hostsApi, type HostFilter } from '@/api/hosts';
import { Button } from '@/components/Button';
import { Menu, MenuCheckbox } from '@/components/Menu';
import { toast } from '@/components/Toast';
import { FilterSelect } from '@/components/Toolbar';
import { csvFileName, download } from '@/lib/csv';
import { hostColumns } from './columns';

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

export function LabelFilter({
  labels,
  value,
  onChange,
}: {
  labels: readonly { id: number; name: string; label_type: string }[];
  value: number | undefined;
  onChange: (value: number | undefined) => void;
}) {
  const builtin = labels.filter(
    (label) => label.label_type === 'builtin' && label.name !== 'All Hosts',
  );
  const own = labels.filter((label) => label.label_type !== 'builtin');
  const option = (label: { id: number; name: string }) => (
    <option key={label.id} value={label.id}>
      {label.name}
    </option>
  );
  return (
    <FilterSelect
      label="Platform or label"
      value={value === undefined ? '' : String(value)}
      onChange={(next) => onChange(next ? Number(next) : undefined)}
    >
      <option value="">All</option>
      {value !== undefined && !labels.some((label) => label.id === value) && (
        <option value={value}>Label {value}</option>
      )}
      <optgroup label="Platforms">{builtin.map(option)}</optgroup>
      {own.length > 0 && <optgroup label="Labels">{own.map(option)}</optgroup>}
    </FilterSelect>
  );
}

export function ColumnChooser({
  hidden,
  onChange,
}: {
  hidden: readonly string[];
  onChange: (hidden: string[]) => void;
}) {
  return (
    <Menu trigger={<Button icon={<Columns3 />}>Columns</Button>}>
      {hostColumns
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
  filter,
  sort,
  hidden,
  disabled,
}: {
  filter: HostFilter;
  sort: { key: string; direction: string };
  hidden: readonly string[];
  disabled: boolean;
}) {
  const shown = hostColumns.filter((column) => !hidden.includes(column.id));
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
