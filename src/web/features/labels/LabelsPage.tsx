import { useMemo, useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { Plus, SearchX } from 'lucide-react';
import { meQuery } from '@/api/auth';
import type { ApiError } from '@/api/client';
import { labelDetailsQuery, type LabelDetail } from '@/api/labels';
import { teamNamesQuery } from '@/api/teamList';
import { Button, buttonClass } from '@/components/Button';
import { DataTable } from '@/components/DataTable';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { TeamSwitcher } from '@/components/TeamSwitcher';
import { FilterSelect, SearchInput, Toolbar } from '@/components/Toolbar';
import { plural } from '@/lib/format';
import { can } from '@/lib/permissions';
import { labelColumns } from './columns';
import { DeleteLabel } from './DeleteLabel';
import { kindNames, listed } from './labels';
import { kinds, type LabelsSearch } from './search';

const route = getRouteApi('/shell/labels/manage');

/** `/labels/manage` */
export function LabelsPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const me = useQuery(meQuery).data?.user;
  const teams = useQuery(teamNamesQuery).data;
  const list = useQuery(labelDetailsQuery(search.team_id));
  const [deleting, setDeleting] = useState<LabelDetail | null>(null);
  const writes = can(me, 'labels.write', search.team_id ?? null);
  const rows = useMemo(() => listed(list.data ?? [], search), [list.data, search]);
  const columns = useMemo(() => labelColumns(me, teams ?? [], setDeleting), [me, teams]);
  const change = (part: Partial<LabelsSearch>, replace = false) =>
    void navigate({
      to: '/labels/manage',
      search: { ...search, ...part },
      replace,
      resetScroll: false,
    });
  const clear = () => change({ query: undefined, type: undefined });

  return (
    <Page
      title="Labels"
      section="Labels"
      beside={
        <TeamSwitcher
          teams={teams ?? []}
          value={search.team_id}
          withNoTeam={false}
          onChange={(team_id) => change({ team_id })}
        />
      }
      facts={<span>{list.data ? plural(rows.length, 'label') : ' '}</span>}
      actions={
        writes && (
          <Link
            to="/labels/new/$kind"
            params={{ kind: 'dynamic' }}
            search={{ team_id: search.team_id }}
            className={buttonClass({ look: 'primary' })}
          >
            <Plus aria-hidden /> Add label
          </Link>
        )
      }
    >
      <Card flush>
        <Toolbar>
          <SearchInput
            label="Search labels"
            placeholder="Search name and description"
            value={search.query ?? ''}
            delay={150}
            onChange={(query) => change({ query: query || undefined }, true)}
            primary
          />
          <FilterSelect
            label="Type"
            value={search.type ?? ''}
            onChange={(type) => change({ type: (type || undefined) as LabelsSearch['type'] })}
          >
            <option value="">All</option>
            {[...kinds, 'builtin' as const].map((kind) => (
              <option key={kind} value={kind}>
                {kindNames[kind]}
              </option>
            ))}
          </FilterSelect>
          {(search.query || search.type) && (
            <Button look="quiet" onClick={clear}>
              Clear filters
            </Button>
          )}
        </Toolbar>
        {list.isPending ? (
          <Skeleton lines={8} />
        ) : list.error ? (
          <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
        ) : rows.length === 0 ? (
          <EmptyState
            icon={<SearchX />}
            title="No label matches"
            action={<Button onClick={clear}>Clear filters</Button>}
          />
        ) : (
          <DataTable
            caption="Labels"
            columns={columns}
            rows={rows}
            rowName={(label) => label.name}
            sort={{
              key: search.order_key ?? 'name',
              direction: search.order_direction ?? 'asc',
            }}
            onSort={(next) =>
              change({
                order_key:
                  next.key === 'name' ? undefined : (next.key as LabelsSearch['order_key']),
                order_direction: next.direction === 'asc' ? undefined : 'desc',
              })
            }
          />
        )}
      </Card>
      {deleting && <DeleteLabel label={deleting} onClose={() => setDeleting(null)} />}
    </Page>
  );
}
