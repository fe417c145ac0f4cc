// A server that a test writes down as a table, and what is looked for in every page.
import axe from 'axe-core';
import { vi } from 'vitest';
import type { Role } from '@/api/types';

export interface Asked {
  method: string;
  /** Without what all addresses begin with, and without the query. */
  path: string;
  search: URLSearchParams;
  body: unknown;
}

type Answer = object | ((asked: Asked) => object);

/** `GET /path`, or `GET /path?with=query`, and what it answers. */
export type Server = Record<string, Answer>;

/** A refusal, as the server words it. */
export class Refusal {
  constructor(
    readonly status: number,
    readonly message = 'Refused',
    readonly errors: readonly { name: string; reason: string }[] = [],
    readonly uuid?: string,
  ) {}
}

const prefix = /^\/api\/latest\/fleet/;

/** Answers requests by the table, and remembers them. What nobody prepared for is a 404. */
export function serve(table: Server): Asked[] {
  const asked: Asked[] = [];
  vi.stubGlobal('fetch', (address: string, init: RequestInit = {}) => {
    const url = new URL(address, 'http://localhost');
    const request: Asked = {
      method: init.method ?? 'GET',
      path: url.pathname.replace(prefix, ''),
      search: url.searchParams,
      body: typeof init.body === 'string' ? JSON.parse(init.body) : undefined,
    };
    asked.push(request);
    const name = `${request.method} ${request.path}`;
    const known = table[`${name}${url.search}`] ?? table[name];
    if (known === undefined) return reply(new Refusal(404, `no ${name}`));
    const answer: object =
      typeof known === 'function' ? (known as (asked: Asked) => object)(request) : known;
    return answer instanceof Refusal ? reply(answer) : Promise.resolve(Response.json(answer));
  });
  return asked;
}

function reply({ status, ...body }: Refusal): Promise<Response> {
  return Promise.resolve(Response.json(body, { status }));
}

/** What `GET /me` answers. */
export function me(role: Role | null, teams: { id: number; name: string; role: Role }[] = []) {
  return {
    user: {
      id: 1,
      name: 'Ada Lovelace',
      email: 'ada@corp.test',
      global_role: role,
      force_password_reset: false,
      sso_enabled: false,
      api_only: false,
      created_at: '2026-01-01T00:00:00Z',
      teams,
    },
  };
}

export const admin = me('admin');
export const teamAdmin = {
  user: {
    ...me(null, [{ id: 5, name: 'Laptops', role: 'admin' }]).user,
    id: 2,
    name: 'Tess Tester',
  },
};

/** What axe finds. Colours need a real browser: the end-to-end tests see them. */
export async function faults(container: Element): Promise<string[]> {
  const { violations } = await axe.run(container, {
    // A part of a page is not a page.
    rules: { region: { enabled: false }, 'color-contrast': { enabled: false } },
  });
  return violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(' ')}`);
}
