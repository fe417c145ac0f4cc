import { useQuery } from '@tanstack/react-query';
import type { ApiError } from '@/api/client';
import { policyHistoryQuery } from '@/api/policies';
import { LineChart } from '@/components/charts/LineChart';
import { Card } from '@/components/Page';
import { EmptyState, ErrorPanel, Skeleton } from '@/components/States';
import { FilterSelect } from '@/components/Toolbar';
import { day } from '@/lib/format';
import { passRates } from './fields';

interface Props {
  policy: number;
  team: number | undefined;
  days: 7 | 30 | 90;
  onDays: (days: 7 | 30 | 90) => void;
}

/** The share of hosts that passed, day by day. */
export function HistoryCard({ policy, team, days, onDays }: Props) {
  const history = useQuery(policyHistoryQuery(policy, team, days));
  const rates = passRates(history.data ?? []);
  const known = rates.filter((rate) => rate.y !== null).length;
  return (
    <Card
      title="Pass rate"
      actions={
        <FilterSelect
          label="Period"
          value={String(days)}
          onChange={(value) => onDays(value === '7' ? 7 : value === '90' ? 90 : 30)}
        >
          <option value="7">7 days</option>
          <option value="30">30 days</option>
          <option value="90">90 days</option>
        </FilterSelect>
      }
    >
      {history.isPending ? (
        <Skeleton lines={5} />
      ) : history.error ? (
        <ErrorPanel error={history.error as ApiError} onRetry={() => void history.refetch()} />
      ) : known === 0 ? (
        <EmptyState compact title="No day is recorded yet">
          Pass and fail are kept for each day from the first answers on.
        </EmptyState>
      ) : (
        <LineChart
          label="Share of hosts that pass, by day"
          moment={day}
          axis={day}
          unit={(value) => `${value} %`}
          max={100}
          series={[{ name: 'Pass', tone: 'ok', area: true, points: rates }]}
        />
      )}
    </Card>
  );
}
