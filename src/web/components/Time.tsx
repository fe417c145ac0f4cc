import { useSyncExternalStore } from 'react';
import { ago, exact } from '@/lib/format';

const listeners = new Set<() => void>();
let now = Date.now();
let timer: ReturnType<typeof setInterval> | undefined;

function subscribe(listener: () => void) {
  listeners.add(listener);
  // Nobody moved the clock while nobody was looking.
  if (timer === undefined) now = Date.now();
  timer ??= setInterval(() => {
    if (document.hidden) return;
    now = Date.now();
    for (const each of listeners) each();
  }, 5_000);
  return () => {
    listeners.delete(listener);
    if (listeners.size === 0) {
      clearInterval(timer);
      timer = undefined;
    }
  };
}

/** The present moment, shared by all that show an age; moves every five seconds. */
export function useNow(): number {
  return useSyncExternalStore(subscribe, () => now);
}

/** `3 minutes ago`, with the exact time and zone on hover. */
export function Ago({ at }: { at: string | null | undefined }) {
  const current = useNow();
  return (
    <time dateTime={at ?? undefined} title={exact(at)}>
      {ago(at, current)}
    </time>
  );
}

/** How old what is on screen is. */
export function UpdatedAgo({ at }: { at: number }) {
  if (at === 0) return null;
  return (
    <span>
      updated <Ago at={new Date(at).toISOString()} />
    </span>
  );
}
