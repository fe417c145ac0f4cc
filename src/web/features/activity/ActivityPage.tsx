import { useQuery } from '@tanstack/react-query';
import { getRouteApi, useNavigate } from '@tanstack/react-router';
import { History, SearchX } from 'lucide-react';
import { activitiesQuery } from '@/api/activities';
import type { ApiError } from '@/api/client';
import { ActivityList } from '@/components/ActivityList';
import { Button } from '@/components/Button';
import { Card, Page } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { UpdatedAgo, useNow } from '@/components/Time';
import { FilterSelect, SearchInput, StepPager, Toolbar } from '@/components/Toolbar';
import { knownTypes, typeName } from '@/lib/activityText';
import { startOf, type ActivitySearch } from './search';

const route = getRouteApi('/shell/activity');
const perPage = 50;

/** `/activity` */
export function ActivityPage() {
  const search = route.useSearch();
  const navigate = useNavigate();
  const now = useNow();
  const page = search.page ?? 0;
  const list = useQuery(
    activitiesQuery({
      page,
      per_page: perPage,
      query: search.query,
      activity_type: search.type,
      start_created_at: startOf(search.since, now),
      order_direction: search.order,
    }),
  );
  const change = (part: Partial<ActivitySearch>, replace = false) =>
    void navigate({
      to: '/activity',
      search: { ...search, page: undefined, ...part },
      replace,
      resetScroll: false,
    });
  const filtered = Boolean(search.query || search.type || search.since);
  const clear = () => change({ query: undefined, type: undefined, since: undefined });
  const rows = list.data?.rows ?? [];
  const types =
    search.type && !knownTypes.includes(search.type) ? [search.type, ...knownTypes] : knownTypes;

  return (
    <Page
      title="Activity"
      section="Activity"
      facts={list.dataUpdatedAt > 0 && <UpdatedAgo at={list.dataUpdatedAt} />}
    >
      <Card flush>
        <Toolbar>
          <SearchInput
            label="Search by who did it"
            placeholder="Name or email"
            value={search.query ?? ''}
            onChange={(query) => change({ query: query || undefined }, true)}
            primary
          />
          <FilterSelect
            label="What"
            value={search.type ?? ''}
            onChange={(type) => change({ type: type || undefined })}
          >
            <option value="">Everything</option>
            {types.map((type) => (
              <option key={type} value={type}>
                {typeName(type)}
              </option>
            ))}
          </FilterSelect>
          <FilterSelect
            label="When"
            value={search.since ?? ''}
            onChange={(since) => change({ since: (since || undefined) as ActivitySearch['since'] })}
          >
            <option value="">Ever</option>
            <option value="day">Last 24 hours</option>
            <option value="week">Last 7 days</option>
            <option value="month">Last 30 days</option>
          </FilterSelect>
          <FilterSelect
            label="Order"
            value={search.order ?? ''}
            onChange={(order) => change({ order: order === 'asc' ? 'asc' : undefined })}
          >
            <option value="">Newest first</option>
            <option value="asc">Oldest first</option>
          </FilterSelect>
          {filtered && (
            <Button look="quiet" onClick={clear}>
              Clear filters
            </Button>
          )}
        </Toolbar>
        {list.isPending ? (
          <Skeleton lines={8} />
        ) : list.error ? (
          <ErrorPanel error={list.error as ApiError} onRetry={() => void list.refetch()} />
        ) : rows.length > 0 ? (
          <ActivityList label="Activities" rows={rows} />
        ) : filtered ? (
          <EmptyState
            icon={<SearchX />}
            title="No activity matches"
            action={<Button onClick={clear}>Clear filters</Button>}
          />
        ) : (
          <EmptyState icon={<History />} title="Nothing has happened yet">
            Who changed what, and when, is listed here.
          </EmptyState>
        )}
        {(page > 0 || list.data?.more) && (
          <StepPager
            page={page}
            perPage={perPage}
            shown={rows.length}
            more={list.data?.more ?? false}
            onPage={(next) => change({ page: next || undefined })}
          />
        )}
      </Card>
    </Page>
  );
}
