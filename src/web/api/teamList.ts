import { queryOptions } from '@tanstack/react-query';
import { api, ApiError } from '@/api/client';

export interface TeamName {
  id: number;
  name: string;
  host_count?: number;
}

/** The teams that the viewer sees, for switchers. A server without teams has none. */
export const teamNamesQuery = queryOptions({
  queryKey: ['teams', 'names'],
  queryFn: async ({ signal }): Promise<TeamName[]> => {
    try {
      const body = await api.get<{ teams: TeamName[] | null }>('/teams', { signal });
      return body.teams ?? [];
    } catch (error) {
      if (error instanceof ApiError && [402, 403, 404].includes(error.status)) return [];
      throw error;
    }
  },
  staleTime: 60_000,
});
