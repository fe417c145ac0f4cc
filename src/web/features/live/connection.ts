import { parseMessage } from './messages';
import type { LiveStore } from './store';

const lostStore = 'unexpected exit in receiveMessages';
// "finished" may come before the replay of an ended campaign, or before its last stragglers.
const settle = 1_500;

interface Options {
  url: string;
  token: string;
  campaignId: number;
  /** Replaced in tests. */
  open?: (url: string) => WebSocket;
}

/**
 * Feeds one campaign from the results socket into a store. A lost connection is tried again with
 * growing pauses: the server tells everything from the start, and the store knows what is new.
 */
export class LiveConnection {
  private socket: WebSocket | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private settling: ReturnType<typeof setTimeout> | null = null;
  private finished = false;
  private attempts = 0;
  private closed = false;

  constructor(
    private readonly store: LiveStore,
    private readonly options: Options,
  ) {
    this.connect();
  }

  /** Ends the campaign on the server, and the stream. */
  stop(): void {
    const open = 1; // WebSocket.OPEN
    if (this.socket?.readyState === open) {
      this.socket.send(JSON.stringify({ type: 'stop' }));
    }
    this.store.end('stopped');
    this.close();
  }

  /** Leaves; the campaign can be attached to again. */
  close(): void {
    this.closed = true;
    for (const timer of [this.retry, this.settling]) if (timer !== null) clearTimeout(timer);
    this.socket?.close(1000);
    this.socket = null;
  }

  private connect(): void {
    const { url, token, campaignId, open = (address) => new WebSocket(address) } = this.options;
    const socket = open(url);
    this.socket = socket;
    const send = (type: string, data: unknown) => socket.send(JSON.stringify({ type, data }));

    socket.onopen = () => {
      send('auth', { token });
      send('select_campaign', { campaign_id: campaignId, detail: true });
      this.store.connection('waiting');
    };
    socket.onmessage = (event) => this.receive(String(event.data));
    socket.onclose = () => {
      if (this.socket === socket) this.lost();
    };
  }

  private receive(text: string): void {
    const message = parseMessage(text);
    if (!message) return;
    this.attempts = 0;
    if (message.type === 'error' && message.data.includes(lostStore)) {
      // The server keeps this socket open, but nothing will come through it any more.
      this.socket?.close();
      return;
    }
    this.store.receive(message);
    if (message.type === 'status') this.finished = message.data.status === 'finished';
    if (this.store.ended) this.close();
    else if (this.finished) this.settleSoon();
  }

  private settleSoon(): void {
    if (this.settling !== null) clearTimeout(this.settling);
    this.settling = setTimeout(() => this.finish(), settle);
  }

  private finish(): void {
    this.store.end('finished');
    this.close();
  }

  private lost(): void {
    if (this.closed || this.store.ended) return;
    if (this.finished) {
      this.finish();
      return;
    }
    this.attempts += 1;
    if (this.attempts > 8) {
      this.store.end('failed', 'The connection was lost and could not be made again.');
      return;
    }
    this.store.connection('disconnected');
    this.retry = setTimeout(() => this.connect(), Math.min(500 * 2 ** this.attempts, 10_000));
  }
}
