import { useState, type ReactNode } from 'react';
import { SearchX, Trash2 } from 'lucide-react';
import { plural } from '@/lib/format';
import { sortOf, sortToSearch, type ListSearch, type Sort } from '@/lib/search';
import type { TeamSearch } from '@/lib/team';
import { Button } from './Button';
import { DataTable, type Column } from './DataTable';
import { ConfirmDialog } from './Dialog';
import { Card, Page } from './Page';
import { EmptyState, ErrorPanel, Skeleton } from './States';
import { TeamSwitcher } from './TeamSwitcher';
import { UpdatedAgo } from './Time';
import { toast } from './Toast';
import { Pager, SearchInput, SelectionBar, Toolbar } from './Toolbar';

interface Item {
  id: number;
  name: string;
  /** null: everybody's. */
  team_id: number | null;
}

interface Failure {
  message: string;
  requestId?: string | null;
}

interface Props<Row extends Item> {
  title: string;
  /** One of them and many of them, in the middle of a sentence. */
  noun: readonly [one: string, many: string];
  search: ListSearch & TeamSearch;
  onSearch: (part: Partial<ListSearch & TeamSearch>, how?: 'replace') => void;
  /** undefined until they are known, and what depends on them with them. */
  teams: readonly { id: number; name: string; host_count?: number }[] | undefined;
  /** Whether things of no team can be looked at on their own. */
  withNoTeam: boolean;
  list: {
    data: readonly Row[] | undefined;
    error: Failure | null;
    isPlaceholderData: boolean;
    dataUpdatedAt: number;
    refetch: () => unknown;
  };
  total: number | undefined;
  columns: readonly Column<Row>[];
  defaultSort: Sort;
  /** More filters than the search, and whether one of them is on. */
  filters?: ReactNode;
  filtered?: boolean;
  onClear: () => void;
  actions?: ReactNode;
  /** The way to a new one, for who may add one. */
  add: ReactNode;
  icon: ReactNode;
  /** What they are good for, while there is none. */
  about: string;
  mayWrite: boolean;
  onOpen: (row: Row) => void;
  remove: (ids: number[]) => Promise<unknown>;
  /** What goes with them. */
  loss: (ids: ReadonlySet<number>) => ReactNode;
  children?: ReactNode;
}

const nothing: ReadonlySet<number> = new Set();

/** A list of named things of a team: searched, sorted, paged, and deleted by choosing rows. */
export function ListPage<Row extends Item>(props: Props<Row>) {
  const { title, noun, search, onSearch, teams, list, total, onClear, mayWrite } = props;
  const [one, many] = noun;
  const team = search.team_id;
  const page = search.page ?? 0;
  // Rows are chosen in one view of the list: another one begins anew.
  const view = JSON.stringify(search);
  const [chosen, setChosen] = useState({ view, ids: nothing });
  const selected = chosen.view === view ? chosen.ids : nothing;
  const select = (ids: ReadonlySet<number>) => setChosen({ view, ids });
  const [deleting, setDeleting] = useState(false);

  const rows = list.data ?? [];
  // Inherited ones are managed elsewhere.
  const own = rows.filter((row) => row.team_id === (team ?? null)).map(({ id }) => id);
  const filtered = search.query !== undefined || Boolean(props.filtered);
  const narrow = (part: Partial<ListSearch & TeamSearch>, how?: 'replace') =>
    onSearch({ page: undefined, ...part }, how);

  return (
    <Page
      title={title}
      section={title}
      beside={
        <TeamSwitcher
          teams={teams ?? []}
          value={team}
          withNoTeam={props.withNoTeam}
          onChange={(team_id) => narrow({ team_id })}
        />
      }
      facts={
        <>
          {total !== undefined && <span>{plural(total, one, many)}</span>}
          <UpdatedAgo at={list.dataUpdatedAt} />
        </>
      }
      actions={
        <>
          {props.actions}
          {props.add}
        </>
      }
    >
      <Card flush>
        <Toolbar>
          <SearchInput
            label={`Search ${many}`}
            placeholder="Search by name"
            value={search.query ?? ''}
            onChange={(query) => narrow({ query: query || undefined }, 'replace')}
            primary
          />
          {props.filters}
          {filtered && (
            <Button look="quiet" onClick={onClear}>
              Clear filters
            </Button>
          )}
        </Toolbar>
        {selected.size > 0 && (
          <SelectionBar onClear={() => select(nothing)}>
            <strong>{plural(selected.size, one, many)} selected</strong>
            <Button size="s" icon={<Trash2 />} onClick={() => setDeleting(true)}>
              Delete
            </Button>
          </SelectionBar>
        )}
        {list.error ? (
          <ErrorPanel error={list.error} onRetry={() => void list.refetch()} />
        ) : // A table that came before who looks at it would move when the boxes come.
        list.data === undefined || teams === undefined ? (
          <Skeleton lines={8} />
        ) : rows.length > 0 ? (
          <DataTable
            caption={title}
            columns={props.columns}
            rows={rows}
            rowName={(row) => row.name}
            sort={sortOf(search, props.defaultSort)}
            stale={list.isPlaceholderData}
            onSort={(next) => narrow(sortToSearch(next, props.defaultSort))}
            selection={
              mayWrite
                ? {
                    ids: selected,
                    onChange: (ids) => select(new Set(own.filter((id) => ids.has(id)))),
                  }
                : undefined
            }
            onOpen={props.onOpen}
          />
        ) : filtered ? (
          <EmptyState
            icon={<SearchX />}
            title={`No ${one} matches`}
            action={<Button onClick={onClear}>Clear filters</Button>}
          />
        ) : page > 0 ? (
          <EmptyState
            title="This page is empty"
            action={<Button onClick={() => onSearch({ page: undefined })}>First page</Button>}
          />
        ) : (
          <EmptyState icon={props.icon} title={`No ${many} yet`} action={props.add}>
            {mayWrite ? props.about : `An administrator or maintainer can add ${many}.`}
          </EmptyState>
        )}
        {teams !== undefined && (rows.length > 0 || page > 0) && (
          <Pager
            page={page}
            perPage={search.per_page ?? 50}
            shown={rows.length}
            total={total}
            onPage={(next) => onSearch({ page: next || undefined })}
            onPerPage={(size) => narrow({ per_page: size === 50 ? undefined : size })}
          />
        )}
      </Card>
      {deleting && (
        <ConfirmDialog
          title={`Delete ${plural(selected.size, one, many)}?`}
          action="Delete"
          onClose={() => setDeleting(false)}
          onConfirm={async () => {
            await props.remove([...selected]);
            toast.ok(`${plural(selected.size, one, many)} deleted.`);
            select(nothing);
          }}
        >
          {props.loss(selected)}
        </ConfirmDialog>
      )}
      {props.children}
    </Page>
  );
}
