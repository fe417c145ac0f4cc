import { basePath } from '@/lib/base';
import { session } from '@/api/session';
import type { Schema } from '@/api/types';

export type FieldError = NonNullable<Schema['Error']['errors']>[number];

/** Why a request failed, in the server's words. Status 0 means that no answer came. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly errors: readonly FieldError[] = [],
    readonly requestId: string | null = null,
    readonly retryAfter: number | null = null,
  ) {
    super(message);
    this.name = 'ApiError';
  }

  /** The reason given for one form field. */
  field(name: string): string | undefined {
    return this.errors.find((error) => error.name === name)?.reason;
  }

  /** The most helpful sentence in the answer, leaving out errors shown at their own fields. */
  summary(shownFields: readonly string[] = []): string {
    const rest = this.errors.filter((error) => error.reason && !shownFields.includes(error.name));
    if (rest.length > 0) return rest.map((error) => error.reason).join(' ');
    return this.message;
  }
}

export type UrlParams = Record<string, string | number | boolean | null | undefined>;

interface Options {
  params?: UrlParams;
  /** Sent as JSON, but a form with files as it is. */
  body?: unknown;
  signal?: AbortSignal;
  /** Used instead of the stored session; null sends no token. */
  token?: string | null;
  /** Only the handshake of single sign-on needs a cookie. */
  cookies?: boolean;
}

export const api = {
  get: <T>(path: string, options?: Options) => json<T>('GET', path, options),
  post: <T>(path: string, options?: Options) => json<T>('POST', path, options),
  put: <T>(path: string, options?: Options) => json<T>('PUT', path, options),
  patch: <T>(path: string, options?: Options) => json<T>('PATCH', path, options),
  delete: <T>(path: string, options?: Options) => json<T>('DELETE', path, options),
  blob: async (path: string, options?: Options) => (await request('GET', path, options)).blob(),
};

async function json<T>(method: string, path: string, options?: Options): Promise<T> {
  const response = await request(method, path, options);
  const text = await response.text();
  if (!text) return {} as T;
  try {
    return JSON.parse(text) as T;
  } catch {
    throw new ApiError(response.status, 'The server sent an answer that is not JSON.');
  }
}

async function request(method: string, path: string, options: Options = {}): Promise<Response> {
  const token = options.token === undefined ? session.token() : options.token;
  const headers: Record<string, string> = { Accept: 'application/json' };
  if (token) headers.Authorization = `Bearer ${token}`;
  const form = options.body instanceof FormData ? options.body : null;
  if (options.body !== undefined && !form) headers['Content-Type'] = 'application/json';

  let response: Response;
  try {
    response = await fetch(address(path, options.params), {
      method,
      headers,
      body: form ?? (options.body === undefined ? null : JSON.stringify(options.body)),
      signal: options.signal ?? null,
      credentials: options.cookies ? 'same-origin' : 'omit',
    });
  } catch (cause) {
    if (cause instanceof DOMException && cause.name === 'AbortError') throw cause;
    throw new ApiError(0, 'The server cannot be reached. Check the connection and try again.');
  }
  if (response.ok) return response;

  const error = await toError(response);
  if (error.status === 401 && token && options.token === undefined) session.expired(error);
  throw error;
}

/** Paths are below /api/latest/fleet; a few fixed ones are given whole, starting with /api. */
export function address(path: string, params: UrlParams = {}): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    if (value !== undefined && value !== null && value !== '') query.set(name, String(value));
  }
  const root = path.startsWith('/api/') ? basePath : `${basePath}/api/latest/fleet`;
  const suffix = query.size > 0 ? `?${query.toString()}` : '';
  return `${root}${path}${suffix}`;
}

async function toError(response: Response): Promise<ApiError> {
  const requestId = response.headers.get('X-Request-Id');
  const retryAfter = Number(response.headers.get('Retry-After')) || null;
  const body: unknown = await response.json().catch(() => null);
  if (!isErrorBody(body)) {
    return new ApiError(
      response.status,
      `The server answered ${response.status} ${response.statusText}`.trim(),
      [],
      requestId,
      retryAfter,
    );
  }
  return new ApiError(
    response.status,
    body.message ?? body.error ?? `The server answered ${response.status}`,
    Array.isArray(body.errors) ? body.errors : [],
    body.uuid ?? requestId,
    retryAfter,
  );
}

/** A proxy before the server may have words of its own. */
type ErrorBody = Partial<Schema['Error']> & { error?: string };

function isErrorBody(body: unknown): body is ErrorBody {
  return typeof body === 'object' && body !== null && ('message' in body || 'error' in body);
}
