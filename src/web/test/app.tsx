// The whole application in memory, with a server that a test writes down as a table.
import { QueryClientProvider } from '@tanstack/react-query';
import { createMemoryHistory, createRouter, RouterProvider } from '@tanstack/react-router';
import { cleanup, configure, render } from '@testing-library/react';
import axe from 'axe-core';
import { vi } from 'vitest';
import { session } from '@/api/session';
import { pages } from '@/app/pages';
import { queryClient } from '@/app/queryClient';
import { redirects } from '@/app/redirects';
import { root, shell } from '@/app/roots';
import { Toasts } from '@/components/Toast';
import type { Role } from '@/api/types';
import { parseSearch, stringifySearch } from '@/lib/search';

// A busy machine draws a whole page slowly.
configure({ asyncUtilTimeout: 5_000 });

type Answer = unknown | ((request: { url: URL; body: unknown }) => unknown);

/** `GET /path` without what all addresses begin with, and what it answers. */
export type Server = Record<string, Answer>;

export interface Asked {
  method: string;
  path: string;
  search: URLSearchParams;
  body: unknown;
}

export class Refusal {
  constructor(
    readonly status: number,
    readonly body: unknown = { message: 'Refused', errors: [] },
  ) {}
}

const prefix = '/api/latest/fleet';

export function user(role: Role | null, teams: { id: number; name: string; role: Role }[] = []) {
  return {
    user: {
      id: 1,
      name: 'Ada Lovelace',
      email: 'ada@example.com',
      global_role: role,
      force_password_reset: false,
      sso_enabled: false,
      api_only: false,
      created_at: '2026-01-01T00:00:00Z',
      teams,
    },
  };
}

/** Opens an address and answers what the page asks; returns what it asked. */
export function open(path: string, server: Server = {}, role: Role = 'admin') {
  const table: Server = {
    'GET /me': user(role),
    'GET /teams': { teams: [] },
    'GET /config': { org_info: { org_name: 'Org' }, server_settings: { server_url: '' } },
    'GET /labels/summary': { labels: [] },
    'GET /host_views': { host_views: [] },
    ...server,
  };
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', async (address: string, init?: RequestInit) => {
    const url = new URL(address, 'http://localhost');
    const method = init?.method ?? 'GET';
    const place = url.pathname.startsWith(prefix)
      ? url.pathname.slice(prefix.length)
      : url.pathname;
    const body: unknown = typeof init?.body === 'string' ? JSON.parse(init.body) : undefined;
    asked.push({ method, path: place, search: url.searchParams, body });
    const answer = table[`${method} ${place}`];
    const value: unknown = typeof answer === 'function' ? answer({ url, body }) : answer;
    if (value === undefined) {
      return Response.json({ message: `no ${method} ${place}`, errors: [] }, { status: 404 });
    }
    if (value instanceof Refusal) return Response.json(value.body, { status: value.status });
    return Response.json(value);
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

/** The ids of rules that a page breaks. Colours need a real browser: the end-to-end tests see them. */
export async function faults(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, {
    rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
  });
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
}
