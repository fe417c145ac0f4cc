import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { KeyRound, Plus, Trash2 } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import {
  enrollSecretsQuery,
  hostCountQuery,
  hostListQuery,
  labelsSummaryQuery,
  type HostFilter,
} from '@/api/hosts';
import { Button } from '@/components/Button';
import { DataTable } from '@/components/DataTable';
import { Card, Page } from '@/components/Page';
import { Banner, ErrorPanel, Skeleton } from '@/components/States';
import { UpdatedAgo } from '@/components/Time';
import { Pager, SearchInput, SelectionBar, Toolbar } from '@/components/Toolbar';
import { count, plural } from '@/lib/format';
import { can } from '@/lib/permissions';
import { AddHostsDialog } from './AddHostsDialog';
import { hostColumns } from './columns';
import { DeleteHosts, NoHosts } from './HostsStates';
import { ColumnChooser, ExportButton, LabelFilter, StatusFilter } from './HostsToolbar';
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
