import { useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { KeyRound, Plus } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { hostCountQuery, hostListQuery, labelsSummaryQuery, secretsQuery } from '@/api/hosts';
import { teamNamesQuery } from '@/api/teamList';
import { Button } from '@/components/Button';
import { DataTable } from '@/components/DataTable';
import { Card, Page } from '@/components/Page';
import { Banner, ErrorPanel, Skeleton } from '@/components/States';
import { TeamSwitcher } from '@/components/TeamSwitcher';
import { UpdatedAgo } from '@/components/Time';
import { Pager, SearchInput, Toolbar } from '@/components/Toolbar';
import { plural } from '@/lib/format';
import { can } from '@/lib/permissions';
import { AddHostsDialog } from './AddHostsDialog';
import { hostColumns } from './columns';
import { CombineLabels } from './CombineLabels';
import { FilterPills } from './FilterPills';
import { HostsSelection, useSelection } from './HostsSelection';
import { NoHosts } from './HostsStates';
import { ColumnChooser, ExportButton, LabelFilter, StatusFilter } from './HostsToolbar';
import { filterOf, noFilter, type HostsSearch } from './search';
import { SecretsDialog } from './SecretsDialog';
import { useHiddenColumns } from './useHiddenColumns';
import { ViewsMenu } from './ViewsMenu';
import styles from './Hosts.module.css';

interface Props {
  search: HostsSearch;
  onSearch: (part: Partial<HostsSearch>, how?: 'replace') => void;
}

/** The list of hosts: filters and paging in the address, actions on what is selected. */
export function HostsPage({ search, onSearch }: Props) {
  const navigate = useNavigate();
  const who = useQuery(meQuery);
  const me = who.data?.user;
  const allTeams = useQuery(teamNamesQuery);
  const teams = allTeams.data ?? [];
  const team = search.team_id;
  const filter = filterOf(search);
  const filtered = Object.keys(filter).some((key) => key !== 'team_id');
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
  const mayEnroll = can(me, 'secrets.read', team || null);
  const secrets = useQuery({ ...secretsQuery(team || undefined), enabled: mayEnroll });
  const [hidden, setHidden] = useHiddenColumns();
  const selection = useSelection();
  const [dialog, setDialog] = useState<'secrets' | 'combine' | null>(null);
  // Without teams the column would be empty.
  const withTeams = teams.length > 0;
  const columns = useMemo(
    () => hostColumns.filter((column) => withTeams || column.id !== 'team_name'),
    [withTeams],
  );
  const narrow = (part: Partial<HostsSearch>, how?: 'replace') => {
    selection.clear();
    onSearch({ ...part, page: undefined }, how);
  };
  const clear = () => narrow(noFilter);
  const rows = list.data ?? [];
  // Boxes to choose rows and the column of teams would move a table that came first.
  const settled = !list.isPending && !who.isPending && !allTeams.isPending;

  return (
    <Page
      title="Hosts"
      section="Hosts"
      beside={
        <TeamSwitcher
          teams={teams}
          value={team}
          withNoTeam={Boolean(me?.global_role)}
          onChange={(team_id) => narrow({ team_id })}
        />
      }
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
          {team
            ? 'This team has no enroll secret: new hosts cannot enroll into it.'
            : 'No enroll secret exists: new hosts cannot enroll.'}
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
            onCombine={() => setDialog('combine')}
            mayAdd={can(me, 'labels.write')}
          />
          {filtered && (
            <Button look="quiet" onClick={clear}>
              Clear filters
            </Button>
          )}
          <span className={styles.spacer} />
          <ViewsMenu search={search} />
          <ColumnChooser columns={columns} hidden={hidden} onChange={setHidden} />
          <ExportButton
            columns={columns}
            filter={filter}
            sort={sort}
            hidden={hidden}
            disabled={rows.length === 0}
          />
        </Toolbar>
        <FilterPills search={search} onChange={narrow} onCombine={() => setDialog('combine')} />
        <HostsSelection
          selection={selection}
          filter={filter}
          total={total.data}
          user={me}
          withTeams={withTeams}
        />
        {!settled ? (
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
            columns={columns}
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
              can(me, 'hosts.refetch')
                ? { ids: selection.ids, onChange: selection.choose }
                : undefined
            }
            onOpen={(host, event) => {
              const address = { to: '/hosts/$hostId/details', params: { hostId: String(host.id) } };
              if (event.ctrlKey || event.metaKey) window.open(`./hosts/${host.id}/details`);
              else void navigate(address);
            }}
          />
        )}
        {settled && (rows.length > 0 || page > 0) && (
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
          team={team || undefined}
          onClose={() => onSearch({ add_hosts: undefined }, 'replace')}
          onSecrets={() => {
            onSearch({ add_hosts: undefined }, 'replace');
            setDialog('secrets');
          }}
        />
      )}
      {dialog === 'secrets' && (
        <SecretsDialog team={team || undefined} onClose={() => setDialog(null)} />
      )}
      {dialog === 'combine' && (
        <CombineLabels
          labels={labels.data ?? []}
          value={search.labels}
          filter={filter}
          onChange={(expression) => narrow({ labels: expression })}
          onClose={() => setDialog(null)}
        />
      )}
    </Page>
  );
}
