import { useState } from 'react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { Columns3, Download, KeyRound, Laptop, Plus, SearchX, Trash2 } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import {
  enrollSecretsQuery,
  hostCountQuery,
  hostListQuery,
  hosts as hostsApi,
  labelsSummaryQuery,
  type HostFilter,
} from '@/api/hosts';
import { Button } from '@/components/Button';
import { DataTable } from '@/components/DataTable';
import { ConfirmDialog } from '@/components/Dialog';
import { Menu, MenuCheckbox } from '@/components/Menu';
import { Card, Page } from '@/components/Page';
import { Banner, EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { UpdatedAgo } from '@/components/Time';
import { toast } from '@/components/Toast';
import { FilterSelect, Pager, SearchInput, SelectionBar, Toolbar } from '@/components/Toolbar';
import { csvFileName, download } from '@/lib/csv';
import { count, plural } from '@/lib/format';
import { can } from '@/lib/permissions';
import { AddHostsDialog } from './AddHostsDialog';
import { hostColumns } from './columns';
import type { HostsSearch } from './search';
import { SecretsDialog } from './SecretsDialog';
import { useHiddenColumns } from './useHiddenColumns';
import styles from './Hosts.module.css';

interface Props {
  search: HostsSearch;
  onSearch: (part: Partial<HostsSearch>, how?: 'replace') => void;
}

const nothing: ReadonlySet<number> = new Set();

export function HostsPage({ search, onSearch }: Props) {
  const navigate = useNavigate();
  const me = useQuery(meQuery).data?.user;
  const filter: HostFilter = {
    query: search.query,
    status: search.status,
    label_id: search.label_id,
  };
  const filtered = Object.values(filter).some((value) => value !== undefined);
  const page = search.page ?? 0;
  const perPage = search.per_page ?? 50;
  const sort = {
    key: search.order_key ?? 'display_name',
    direction: search.order_direction ?? ('asc' as const),
  };
  const list = useQuery(
    hostListQuery({
      ...filter,
      page,
      per_page: perPage,
      order_key: sort.key,
      order_direction: sort.direction,
    }),
  );
  const total = useQuery(hostCountQuery(filter));
  const labels = useQuery(labelsSummaryQuery);
  const mayEnroll = can(me, 'secrets.read');
  const secrets = useQuery({ ...enrollSecretsQuery, enabled: mayEnroll });
  const [hidden, setHidden] = useHiddenColumns();
  const [selected, setSelected] = useState(nothing);
  const [allMatching, setAllMatching] = useState(false);
  const [dialog, setDialog] = useState<'secrets' | 'delete' | null>(null);

  const clearSelection = () => {
    setSelected(nothing);
    setAllMatching(false);
  };
  const narrow = (part: Partial<HostsSearch>, how?: 'replace') => {
    clearSelection();
    onSearch({ ...part, page: undefined }, how);
  };
  const clear = () => narrow({ query: undefined, status: undefined, label_id: undefined });
  const rows = list.data ?? [];
  const chosen = allMatching ? (total.data ?? selected.size) : selected.size;

  return (
    <Page
      title="Hosts"
      section="Hosts"
      facts={
        <>
          <span>{total.data === undefined ? 'Counting…' : plural(total.data, 'host')}</span>
          {list.dataUpdatedAt > 0 && <UpdatedAgo at={list.dataUpdatedAt} />}
        </>
      }
      actions={
        mayEnroll && (
          <>
            <Button icon={<KeyRound />} onClick={() => setDialog('secrets')}>
              Enroll secrets
            </Button>
            <Button
              look="primary"
              icon={<Plus />}
              onClick={() => onSearch({ add_hosts: true }, 'replace')}
            >
              Add hosts
            </Button>
          </>
        )
      }
    >
      {secrets.data?.length === 0 && (
        <Banner
          kind="warn"
          action={
            <Button size="s" onClick={() => setDialog('secrets')}>
              Add an enroll secret
            </Button>
          }
        >
          No enroll secret exists: new hosts cannot enroll.
        </Banner>
      )}
      <Card flush>
        <Toolbar>
          <SearchInput
            label="Search hosts"
            placeholder="Search name, serial, UUID, IP address"
            value={search.query ?? ''}
            onChange={(query) => narrow({ query: query || undefined }, 'replace')}
            primary
          />
          <StatusFilter
            value={search.status}
            onChange={(status) => narrow({ status: status as HostsSearch['status'] })}
          />
          <LabelFilter
            labels={labels.data ?? []}
            value={search.label_id}
            onChange={(label_id) => narrow({ label_id })}
          />
          {filtered && (
            <Button look="quiet" onClick={clear}>
              Clear filters
            </Button>
          )}
          <span className={styles.spacer} />
          <ColumnChooser hidden={hidden} onChange={setHidden} />
          <ExportButton filter={filter} sort={sort} hidden={hidden} disabled={rows.length === 0} />
        </Toolbar>
        {chosen > 0 && (
          <SelectionBar onClear={clearSelection}>
            <strong>{plural(chosen, 'host')} selected</strong>
            {!allMatching && total.data !== undefined && total.data > selected.size && (
              <Button size="s" look="quiet" onClick={() => setAllMatching(true)}>
                Select all {count(total.data)} matching
              </Button>
            )}
            <Button size="s" icon={<Trash2 />} onClick={() => setDialog('delete')}>
              Delete
            </Button>
          </SelectionBar>
        )}
        {list.isPending ? (
          <Skeleton lines={9} />
        ) : list.error ? (
          <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
        ) : rows.length === 0 ? (
          <NoHosts
            filtered={filtered}
            pastEnd={page > 0}
            onClear={clear}
            onFirst={() => onSearch({ page: undefined })}
            onAdd={mayEnroll ? () => onSearch({ add_hosts: true }, 'replace') : undefined}
          />
        ) : (
          <DataTable
            caption="Hosts"
            columns={hostColumns}
            rows={rows}
            rowName={(host) => host.display_name}
            hidden={hidden}
            sort={sort}
            stale={list.isPlaceholderData}
            onSort={(next) =>
              onSearch({
                order_key: next.key === 'display_name' ? undefined : next.key,
                order_direction: next.direction === 'asc' ? undefined : 'desc',
                page: undefined,
              })
            }
            selection={
              can(me, 'hosts.delete')
                ? {
                    ids: selected,
                    onChange: (ids) => {
                      setSelected(ids);
                      setAllMatching(false);
                    },
                  }
                : undefined
            }
            onOpen={(host, event) => {
              const address = { to: '/hosts/$hostId/details', params: { hostId: String(host.id) } };
              if (event.ctrlKey || event.metaKey) window.open(`./hosts/${host.id}/details`);
              else void navigate(address);
            }}
          />
        )}
        {(rows.length > 0 || page > 0) && (
          <Pager
            page={page}
            perPage={perPage}
            shown={rows.length}
            total={total.data}
            onPage={(next) => onSearch({ page: next || undefined })}
            onPerPage={(size) =>
              onSearch({
                per_page: size === 50 ? undefined : (size as HostsSearch['per_page']),
                page: undefined,
              })
            }
          />
        )}
      </Card>
      {search.add_hosts && mayEnroll && (
        <AddHostsDialog
          onClose={() => onSearch({ add_hosts: undefined }, 'replace')}
          onSecrets={() => {
            onSearch({ add_hosts: undefined }, 'replace');
            setDialog('secrets');
          }}
        />
      )}
      {dialog === 'secrets' && <SecretsDialog onClose={() => setDialog(null)} />}
      {dialog === 'delete' && (
        <DeleteHosts
          ids={[...selected]}
          filter={allMatching ? filter : undefined}
          total={chosen}
          onDone={clearSelection}
          onClose={() => setDialog(null)}
        />
      )}
    </Page>
  );
}

function StatusFilter({
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

function LabelFilter({
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

function ColumnChooser({
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

function ExportButton({
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

function NoHosts({
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

function DeleteHosts({
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
