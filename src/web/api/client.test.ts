import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { address, api, ApiError } from './client';
import { session } from './session';

const fetched = vi.fn<typeof fetch>();

beforeEach(() => {
  vi.stubGlobal('fetch', fetched);
  session.start('secret');
});
afterEach(() => {
  vi.unstubAllGlobals();
  fetched.mockReset();
  session.end();
});

const answer = (status: number, body: unknown, headers: Record<string, string> = {}) =>
  fetched.mockResolvedValue(new Response(JSON.stringify(body), { status, headers }));

async function failure(request: Promise<unknown>): Promise<ApiError> {
  const error: unknown = await request.then(
    () => null,
    (cause: unknown) => cause,
  );
  if (!(error instanceof ApiError)) throw new Error('an ApiError was expected');
  return error;
}

describe('the API client', () => {
  it('sends the token and leaves empty parameters out', async () => {
    answer(200, { count: 3 });
    const body = await api.get('/hosts/count', {
      params: { query: '', status: 'online', x: null },
    });
    expect(body).toEqual({ count: 3 });
    const [url, init] = fetched.mock.calls[0] ?? [];
    expect(url).toBe('/api/latest/fleet/hosts/count?status=online');
    expect(init?.headers).toMatchObject({ Authorization: 'Bearer secret' });
  });

  it('turns field errors into answers for a form', async () => {
    answer(422, {
      message: 'Validation Failed',
      errors: [
        { name: 'name', reason: 'too long' },
        { name: 'base', reason: 'try later' },
      ],
      uuid: 'u-1',
    });
    const error = await failure(api.post('/queries', { body: {} }));
    expect(error.field('name')).toBe('too long');
    expect(error.summary(['name'])).toBe('try later');
    expect(error.requestId).toBe('u-1');
  });

  it('ends the session on a 401 and says why', async () => {
    const told = vi.fn();
    session.whenExpired(told);
    answer(401, { message: 'Authentication required', errors: [] });
    await failure(api.get('/me'));
    expect(session.token()).toBeNull();
    expect(told).toHaveBeenCalledOnce();
  });

  it('keeps the token when only a new password is wanted', async () => {
    answer(401, { message: 'password reset required', errors: [] });
    await failure(api.get('/me'));
    expect(session.token()).toBe('secret');
  });

  it('a wrong password at sign-in ends no session', async () => {
    answer(401, { message: 'Authentication failed' });
    await failure(api.post('/login', { body: {}, token: null }));
    expect(session.token()).toBe('secret');
  });

  it('reads how long to wait', async () => {
    answer(429, { message: 'limit exceeded, retry after: 7s' }, { 'Retry-After': '7' });
    expect((await failure(api.post('/login', { body: {}, token: null }))).retryAfter).toBe(7);
  });

  it('explains an answer that is no JSON, and no answer at all', async () => {
    fetched.mockResolvedValue(new Response('404 page not found', { status: 404 }));
    expect((await failure(api.get('/x'))).status).toBe(404);
    fetched.mockRejectedValue(new TypeError('fetch failed'));
    expect((await failure(api.get('/x'))).status).toBe(0);
  });

  it('knows fixed paths', () => {
    expect(address('/api/v1/setup')).toBe('/api/v1/setup');
    expect(address('/hosts')).toBe('/api/latest/fleet/hosts');
  });
});
