import { queryOptions } from '@tanstack/react-query';
import { api, ApiError } from '@/api/client';
import type { Answer, Schema } from '@/api/types';

export type TeamName = Pick<Schema['Team'], 'id' | 'name' | 'host_count'>;

/** The teams that the viewer sees, for switchers. A server without teams has none. */
export const teamNamesQuery = queryOptions({
  queryKey: ['teams', 'names'],
  queryFn: async ({ signal }): Promise<TeamName[]> => {
    try {
      const body = await api.get<Answer<'list_teams'>>('/teams', { signal });
      return body.teams ?? [];
    } catch (error) {
      if (error instanceof ApiError && [402, 403, 404].includes(error.status)) return [];
      throw error;
    }
  },
  staleTime: 60_000,
});
