import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '@/api/client';
import { hostHistoryQuery } from '@/api/summary';
import { LineChart } from '@/components/charts/LineChart';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { FilterSelect } from '@/components/Toolbar';
import { withGaps } from '@/lib/chart';
import { clock, day, dayAndTime } from '@/lib/format';

interface Props {
  team: number | undefined;
  days: 1 | 7 | 30;
  onDays: (days: 1 | 7 | 30) => void;
}

interface Moment {
  x: number;
  online: number | null;
  total: number | null;
}

// One number an hour is kept, the newest is of now: longer means that no server ran.
const longestGap = 2.5 * 3_600_000;

/** How many hosts were online, hour by hour. */
export function OnlineChart({ team, days, onDays }: Props) {
  const history = useQuery(hostHistoryQuery(team, days));
  const points = history.data ?? [];
  const moments = withGaps<Moment>(
    points.map(({ at, online, total }) => ({ x: Date.parse(at), online, total })),
    longestGap,
    (x) => ({ x, online: null, total: null }),
  );
  return (
    <Card
      title="Hosts online"
      actions={
        <FilterSelect
          label="Period"
          value={String(days)}
          onChange={(value) => onDays(value === '1' ? 1 : value === '30' ? 30 : 7)}
        >
          <option value="1">24 hours</option>
          <option value="7">7 days</option>
          <option value="30">30 days</option>
        </FilterSelect>
      }
    >
      {history.isPending ? (
        <Skeleton lines={5} />
      ) : history.error ? (
        <ErrorPanel error={history.error as ApiError} onRetry={() => void history.refetch()} />
      ) : points.length < 2 ? (
        <EmptyState compact title="The first hours are being recorded">
          A number is kept each hour; the line begins with the second one.
        </EmptyState>
      ) : (
        <LineChart
          label="Hosts online over time"
          moment={dayAndTime}
          axis={days === 1 ? clock : day}
          series={[
            {
              name: 'Online',
              tone: 'ok',
              area: true,
              points: moments.map(({ x, online }) => ({ x, y: online })),
            },
            {
              name: 'All hosts',
              tone: 'neutral',
              points: moments.map(({ x, total }) => ({ x, y: total })),
            },
          ]}
        />
      )}
    </Card>
  );
}
