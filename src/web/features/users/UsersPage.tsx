import { useMemo } from 'react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Lock, Plus, SearchX, Users } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { inviteListQuery, userListQuery } from '@/api/users';
import { Button, buttonClass } from '@/components/Button';
import { DataTable } from '@/components/DataTable';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { Tabs } from '@/components/Tabs';
import { Pager, SearchInput, Toolbar } from '@/components/Toolbar';
import { count } from '@/lib/format';
import { can } from '@/lib/permissions';
import { userColumns } from './columns';
import { InviteList } from './InviteList';
import type { UsersSearch } from './search';

interface Props {
  search: UsersSearch;
  onSearch: (part: Partial<UsersSearch>, how?: 'replace') => void;
}

/** Everybody who has an account, and everybody who was asked to make one. */
export function UsersPage({ search, onSearch }: Props) {
  const me = useQuery(meQuery).data?.user;
  const allowed = can(me, 'users.write') && me?.global_role !== null;
  const invited = useQuery({ ...inviteListQuery(undefined), enabled: can(me, 'invites.write') });
  if (me && !allowed) {
    return (
      <Page title="Users" section="Settings">
        <Card flush>
          <EmptyState icon={<Lock />} title="Only administrators manage users">
            Ask an administrator of this server when somebody needs an account.
          </EmptyState>
        </Card>
      </Page>
    );
  }
  return (
    <Page
      title="Users"
      section="Settings"
      actions={
        <Link to="/settings/users/new" className={buttonClass({ look: 'primary' })}>
          <Plus aria-hidden /> Add user
        </Link>
      }
    >
      <Card flush>
        <Tabs
          label="Users and invitations"
          value={search.tab ?? 'users'}
          onChange={(tab) => onSearch({ tab: tab === 'users' ? undefined : tab })}
          tabs={[
            {
              value: 'users',
              label: 'Users',
              content: <UserTable search={search} onSearch={onSearch} />,
            },
            {
              value: 'invites',
              label: invited.data?.length
                ? `Invitations (${count(invited.data.length)})`
                : 'Invitations',
              content: <InviteList />,
            },
          ]}
        />
      </Card>
    </Page>
  );
}

function UserTable({ search, onSearch }: Props) {
  const navigate = useNavigate();
  const me = useQuery(meQuery).data?.user;
  const page = search.page ?? 0;
  const perPage = search.per_page ?? 50;
  const sort = {
    key: search.order_key ?? 'name',
    direction: search.order_direction ?? ('asc' as const),
  };
  const list = useQuery(
    userListQuery({
      query: search.query,
      page,
      per_page: perPage,
      order_key: sort.key,
      order_direction: sort.direction,
    }),
  );
  const columns = useMemo(() => userColumns(me?.id), [me?.id]);
  const rows = list.data ?? [];
  const clear = () => onSearch({ query: undefined, page: undefined });
  return (
    <>
      <Toolbar>
        <SearchInput
          label="Search users"
          placeholder="Search by name or email"
          value={search.query ?? ''}
          onChange={(query) => onSearch({ query: query || undefined, page: undefined }, 'replace')}
          primary
        />
      </Toolbar>
      {list.isPending ? (
        <Skeleton lines={6} />
      ) : list.error ? (
        <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
      ) : rows.length > 0 ? (
        <DataTable
          caption="Users"
          columns={columns}
          rows={rows}
          rowName={(user) => user.name}
          sort={sort}
          stale={list.isPlaceholderData}
          onSort={(next) =>
            onSearch({
              order_key: next.key === 'name' ? undefined : next.key,
              order_direction: next.direction === 'asc' ? undefined : 'desc',
              page: undefined,
            })
          }
          onOpen={(user) =>
            void navigate({ to: '/settings/users/$userId', params: { userId: String(user.id) } })
          }
        />
      ) : search.query ? (
        <EmptyState
          icon={<SearchX />}
          title="No user matches"
          action={<Button onClick={clear}>Clear search</Button>}
        />
      ) : (
        <EmptyState
          icon={<Users />}
          title="This page is empty"
          action={<Button onClick={() => onSearch({ page: undefined })}>First page</Button>}
        />
      )}
      {(rows.length > 0 || page > 0) && (
        <Pager
          page={page}
          perPage={perPage}
          shown={rows.length}
          total={undefined}
          onPage={(next) => onSearch({ page: next || undefined })}
          onPerPage={(size) =>
            onSearch({
              per_page: size === 50 ? undefined : (size as UsersSearch['per_page']),
              page: undefined,
            })
          }
        />
      )}
    </>
  );
}
