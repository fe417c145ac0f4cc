// The whole application in memory, in front of a server that a test writes down.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, configure, render } from '@testing-library/react';
import { vi } from 'vitest';
import { session } from '@/api/session';
import { pages } from '@/app/pages';
import { queryClient } from '@/app/queryClient';
import { redirects } from '@/app/redirects';
import { root, shell } from '@/app/roots';
import { Toasts } from '@/components/Toast';
import type { Role } from '@/api/types';
import { parseSearch, stringifySearch } from '@/lib/search';
import { me, serve, type Server } from './server';

// A busy machine draws a whole page slowly.
configure({ asyncUtilTimeout: 5_000 });

/** Opens an address and answers what the page asks; returns what it asked. */
export function open(path: string, server: Server = {}, role: Role = 'admin') {
  const asked = serve({
    'GET /me': me(role),
    'GET /teams': { teams: [] },
    'GET /config': { org_info: { org_name: 'Org' }, server_settings: { server_url: '' } },
    'GET /labels/summary': { labels: [] },
    'GET /host_views': { host_views: [] },
    ...server,
  });
  vi.stubGlobal('scrollTo', () => undefined);
  session.start('token');
  queryClient.clear();
  const router = createRouter({
    routeTree: root.addChildren([shell.addChildren([...pages, ...redirects])]),
    history: createMemoryHistory({ initialEntries: [path] }),
    parseSearch,
    stringifySearch,
  });
  const view = render(
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router as never} />
      <Toasts />
    </QueryClientProvider>,
  );
  return { ...view, asked, router, at: () => router.state.location.href };
}

export function close() {
  cleanup();
  queryClient.clear();
  session.end();
  vi.unstubAllGlobals();
}
