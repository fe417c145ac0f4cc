import type { ApiError } from '@/api/client';

const key = 'FLEET::auth_token';

type Listener = (error: ApiError) => void;

/** The signed-in token: in memory, and in the storage key that Fleet's own UI uses. */
class Session {
  private current: string | null = read();
  private onExpired: Listener = () => undefined;

  token(): string | null {
    return this.current;
  }

  start(token: string): void {
    this.current = token;
    try {
      localStorage.setItem(key, token);
    } catch {
      // Private mode without storage: the session lives as long as the tab.
    }
  }

  end(): void {
    this.current = null;
    try {
      localStorage.removeItem(key);
    } catch {
      // Nothing was stored.
    }
  }

  /** Called by the API client when the server no longer accepts the token. */
  expired(error: ApiError): void {
    if (error.message !== 'password reset required') this.end();
    this.onExpired(error);
  }

  whenExpired(listener: Listener): void {
    this.onExpired = listener;
  }
}

function read(): string | null {
  try {
    return localStorage.getItem(key);
  } catch {
    return null;
  }
}

export const session = new Session();
