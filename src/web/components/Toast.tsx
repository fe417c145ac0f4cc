import { useSyncExternalStore } from 'react';
import { Toast as Primitive } from 'radix-ui';
import { CircleAlert, CircleCheck, X } from 'lucide-react';
import { cx } from '@/lib/cx';
import { IconButton } from './Button';
import styles from './Toast.module.css';

interface Message {
  id: number;
  kind: 'ok' | 'error';
  text: string;
}

let messages: readonly Message[] = [];
let nextId = 1;
const listeners = new Set<() => void>();

function change(next: readonly Message[]) {
  messages = next;
  for (const listener of listeners) listener();
}

/** Tells the user what happened, from anywhere. Errors stay until they are closed. */
export const toast = {
  ok: (text: string) => add('ok', text),
  error: (cause: unknown) => add('error', cause instanceof Error ? cause.message : String(cause)),
};

function add(kind: Message['kind'], text: string) {
  change([...messages.slice(-3), { id: nextId++, kind, text }]);
}

export function Toasts() {
  const shown = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => messages,
  );
  return (
    <Primitive.Provider duration={6000} swipeDirection="right" label="Notification">
      {shown.map((message) => (
        <Primitive.Root
          key={message.id}
          className={cx(styles.toast, styles[message.kind])}
          type={message.kind === 'error' ? 'foreground' : 'background'}
          duration={message.kind === 'error' ? Infinity : 6000}
          onOpenChange={(open) => {
            if (!open) change(messages.filter((other) => other.id !== message.id));
          }}
        >
          {message.kind === 'error' ? <CircleAlert aria-hidden /> : <CircleCheck aria-hidden />}
          <Primitive.Description className={styles.text}>{message.text}</Primitive.Description>
          <Primitive.Close asChild>
            <IconButton label="Close notification">
              <X />
            </IconButton>
          </Primitive.Close>
        </Primitive.Root>
      ))}
      <Primitive.Viewport className={styles.viewport} />
    </Primitive.Provider>
  );
}
