import { useState } from 'react';
import { useQuery } from '@tanstack/react-query';
import { meQuery } from '@/api/auth';
import { saveHiddenColumns } from '@/api/hosts';
import { hiddenByDefault } from './columns';

const key = 'FLEET::hidden_host_columns';

/** The choice is kept with the user on the server, and in the browser as a fallback. */
export function useHiddenColumns(): [readonly string[], (hidden: string[]) => void] {
  const me = useQuery(meQuery).data;
  const [chosen, setChosen] = useState<readonly string[] | null>(readLocal);
  const stored = me?.settings?.hidden_host_columns;
  const hidden = chosen ?? (stored && stored.length > 0 ? stored : hiddenByDefault);

  const choose = (next: string[]) => {
    setChosen(next);
    try {
      localStorage.setItem(key, JSON.stringify(next));
    } catch {
      // The server's copy is enough.
    }
    if (me) void saveHiddenColumns(me.user.id, next).catch(() => undefined);
  };
  return [hidden, choose];
}

function readLocal(): string[] | null {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(key) ?? 'null');
    return Array.isArray(value) ? value.filter((id) => typeof id === 'string') : null;
  } catch {
    return null;
  }
}
