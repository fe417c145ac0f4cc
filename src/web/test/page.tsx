import type { ReactNode } from 'react';
import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from '@tanstack/react-router';
import { render } from '@testing-library/react';
import axe from 'axe-core';
import { vi } from 'vitest';

/** Draws something as the application would: with its cache, and with a router for its links. */
export async function show(content: ReactNode, at = '/') {
  const cache = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  const router = createRouter({
    routeTree: createRootRoute({ component: () => content, notFoundComponent: () => content }),
    history: createMemoryHistory({ initialEntries: [at] }),
  });
  await router.load();
  return render(
    <QueryClientProvider client={cache}>
      <RouterProvider router={router} />
    </QueryClientProvider>,
  );
}

export interface Asked {
  method: string;
  path: string;
  body: unknown;
}

type Answer = object | ((asked: Asked) => object);

/** A refusal, as the server words it. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly message: string,
    readonly errors: readonly { name: string; reason: string }[] = [],
  ) {}
}

/**
 * Answers requests by "METHOD /path" below the API's root, and remembers them. What nobody
 * prepared for is a 404.
 */
export function serve(answers: Record<string, Answer>): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (input: string, init: RequestInit = {}) => {
    const path = input.replace(/^\/api\/latest\/fleet/, '');
    const request: Asked = {
      method: init.method ?? 'GET',
      path,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    asked.push(request);
    const known =
      answers[`${request.method} ${path}`] ??
      answers[`${request.method} ${path.replace(/\?.*$/, '')}`] ??
      new Refusal(404, 'Resource Not Found');
    const answer =
      typeof known === 'function' ? (known as (asked: Asked) => object)(request) : known;
    return Promise.resolve(
      answer instanceof Refusal
        ? Response.json(
            { message: answer.message, errors: answer.errors },
            { status: answer.status },
          )
        : Response.json(answer),
    );
  });
  return asked;
}

/** The rules of axe that a part of a page breaks. */
export async function faults(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, {
    // A part of a page is not a page.
    rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
  });
  return violations.map((violation) => `${violation.id}: ${violation.nodes[0]?.html ?? ''}`);
}

export const admin = {
  user: {
    id: 1,
    name: 'Ada',
    email: 'ada@corp.test',
    global_role: 'admin',
    teams: [],
    force_password_reset: false,
    sso_enabled: false,
    api_only: false,
    created_at: '2026-01-01T00:00:00Z',
  },
};

export const teamAdmin = {
  user: {
    ...admin.user,
    id: 2,
    name: 'Tess',
    global_role: null,
    teams: [{ id: 5, name: 'Laptops', role: 'admin' }],
  },
};
