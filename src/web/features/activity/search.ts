import { integer, oneOf, string } from '@/lib/search';

export const periods = ['day', 'week', 'month'] as const;

export interface ActivitySearch {
  query?: string;
  type?: string;
  since?: (typeof periods)[number];
  order?: 'asc';
  page?: number;
}

export function activitySearch(raw: Record<string, unknown>): ActivitySearch {
  return {
    query: string(raw, 'query'),
    type: string(raw, 'type'),
    since: oneOf(raw, 'since', periods),
    order: oneOf(raw, 'order', ['asc']),
    page: integer(raw, 'page', 1),
  };
}

const days = { day: 1, week: 7, month: 30 };

/** The start of the period, on a full minute so that the same view asks the same thing. */
export function startOf(since: ActivitySearch['since'], now: number): string | undefined {
  if (!since) return undefined;
  const start = new Date(now - days[since] * 86_400_000);
  start.setSeconds(0, 0);
  return start.toISOString();
}
