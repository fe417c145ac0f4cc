import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '@/api/client';
import { hostHistoryQuery } from '@/api/summary';
import { LineChart } from '@/components/charts/LineChart';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { FilterSelect } from '@/components/Toolbar';
import { clock, day, dayAndTime } from '@/lib/format';

interface Props {
  team: number | undefined;
  days: 1 | 7 | 30;
  onDays: (days: 1 | 7 | 30) => void;
}

/** How many hosts were online, hour by hour. */
export function OnlineChart({ team, days, onDays }: Props) {
  const history = useQuery(hostHistoryQuery(team, days));
  const points = history.data ?? [];
  const xs = points.map((moment) => Date.parse(moment.at));
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
              points: points.map((moment, index) => ({ x: xs[index] ?? 0, y: moment.online })),
            },
            {
              name: 'All hosts',
              tone: 'neutral',
              points: points.map((moment, index) => ({ x: xs[index] ?? 0, y: moment.total })),
            },
          ]}
        />
      )}
    </Card>
  );
}
