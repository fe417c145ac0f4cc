import { QueryClient } from '@tanstack/react-query';
import { ApiError } from '@/api/client';

/** One cache for everything that the server knows. Refusals are final; hiccups are tried again. */
export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) => {
        const refused = error instanceof ApiError && error.status >= 400 && error.status < 500;
        return !refused && failures < 2;
      },
    },
  },
});
