import { useQuery } from '@tanstack/react-query';
import { Download } from 'lucide-react';
import type { ApiError } from '@/api/client';
import { hostHistoryQuery, type HostsMoment } from '@/api/summary';
import { Button } from '@/components/Button';
import { HourBoard } from '@/components/charts/HourBoard';
import { LineChart } from '@/components/charts/LineChart';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { FilterSelect } from '@/components/Toolbar';
import { withGaps } from '@/lib/chart';
import { downloadCsv, toCsv } from '@/lib/csv';
import { clock, count, day, dayAndTime } from '@/lib/format';
import styles from './Dashboard.module.css';

type Chart = 'line' | 'board';

interface Props {
  team: number | undefined;
  days: 1 | 7 | 30;
  onDays: (days: 1 | 7 | 30) => void;
  chart: Chart;
  onChart: (chart: Chart) => void;
}

interface Moment {
  x: number;
  online: number | null;
  total: number | null;
}

const label = 'Hosts online over time';
// One number an hour is kept, the newest is of now: longer means that no server ran.
const longestGap = 2.5 * 3_600_000;

/** How many hosts were online, hour by hour. */
export function OnlineChart({ team, days, onDays, chart, onChart }: Props) {
  const history = useQuery(hostHistoryQuery(team, days));
  const points = history.data ?? [];
  const exportCsv = () =>
    downloadCsv(
      'Hosts online',
      toCsv(
        ['Time', 'Online', 'All hosts'],
        points.map(({ at, online, total }) => [at, online, total]),
      ),
    );
  return (
    <Card
      title="Hosts online"
      actions={
        <>
          <FilterSelect
            label="Show as"
            value={chart}
            onChange={(value) => onChart(value === 'board' ? 'board' : 'line')}
          >
            <option value="line">Line</option>
            <option value="board">Days and hours</option>
          </FilterSelect>
          <FilterSelect
            label="Period"
            value={String(days)}
            onChange={(value) => onDays(value === '1' ? 1 : value === '30' ? 30 : 7)}
          >
            <option value="1">24 hours</option>
            <option value="7">7 days</option>
            <option value="30">30 days</option>
          </FilterSelect>
          <Button icon={<Download />} disabled={points.length === 0} onClick={exportCsv}>
            CSV
          </Button>
        </>
      }
    >
      <div className={styles.chart}>
        {history.isPending ? (
          <Skeleton lines={6} />
        ) : history.error ? (
          <ErrorPanel error={history.error as ApiError} onRetry={() => void history.refetch()} />
        ) : points.length < 2 ? (
          <EmptyState compact title="The first hours are being recorded">
            A number is kept each hour; the line begins with the second one.
          </EmptyState>
        ) : chart === 'board' ? (
          <Board points={points} />
        ) : (
          <Line points={points} axis={days === 1 ? clock : day} />
        )}
      </div>
    </Card>
  );
}

function Line({ points, axis }: { points: readonly HostsMoment[]; axis: (x: number) => string }) {
  const moments = withGaps<Moment>(
    points.map(({ at, online, total }) => ({ x: Date.parse(at), online, total })),
    longestGap,
    (x) => ({ x, online: null, total: null }),
  );
  return (
    <LineChart
      label={label}
      moment={dayAndTime}
      axis={axis}
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
  );
}

function Board({ points }: { points: readonly HostsMoment[] }) {
  const at = new Map(points.map((point) => [Date.parse(point.at), point]));
  return (
    <HourBoard
      label={label}
      points={[...at].map(([x, { online }]) => ({ x, y: online }))}
      moment={dayAndTime}
      day={day}
      says={(x) => {
        const { online = 0, total = 0 } = at.get(x) ?? {};
        return `${count(online)} of ${count(total)} online`;
      }}
    />
  );
}
