import { describe, expect, it } from 'vitest';
import { parseMessage } from './messages';

const host = { id: 5, hostname: 'ws-5', display_name: 'Ws five' };

describe('parseMessage', () => {
  it('reads a result and turns every cell into text', () => {
    const message = parseMessage(
      JSON.stringify({
        type: 'result',
        data: { host, rows: [{ port: 22, name: null, ok: 'yes' }, null], stats: null },
      }),
    );
    expect(message).toMatchObject({
      type: 'result',
      data: { rows: [{ port: '22', name: '', ok: 'yes' }, null] },
    });
  });

  it('reads a failed result without rows', () => {
    const message = parseMessage(
      JSON.stringify({ type: 'result', data: { host, rows: null, error: 'no such table: x' } }),
    );
    expect(message).toMatchObject({ data: { error: 'no such table: x' } });
  });

  it('reads host states', () => {
    const message = parseMessage(
      JSON.stringify({
        type: 'hosts',
        data: [{ ...host, state: 'waiting', since: '2026-01-01T00:00:00Z' }],
      }),
    );
    expect(message).toMatchObject({ type: 'hosts', data: [{ id: 5, state: 'waiting' }] });
  });

  it.each([
    ['not JSON', '{'],
    ['a SockJS frame', 'o'],
    ['an unknown type', '{"type":"news","data":{}}'],
    ['a result without host', '{"type":"result","data":{"rows":[]}}'],
    ['a made-up state', `{"type":"hosts","data":[{"id":1,"hostname":"a","state":"happy"}]}`],
    ['an error that is no text', '{"type":"error","data":{}}'],
  ])('ignores %s', (_, text) => {
    expect(parseMessage(text)).toBeNull();
  });
});
