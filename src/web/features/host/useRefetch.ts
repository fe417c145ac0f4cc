import { useEffect, useState } from 'react';
import { useQueryClient } from '@tanstack/react-query';
import { hostQuery, hosts } from '@/api/hosts';
import type { HostDetail } from '@/api/types';
import { toast } from '@/components/Toast';

const patience = 60_000;

/** Asks a host for fresh details and looks every second whether they have come. */
export function useRefetch(host: HostDetail) {
  const cache = useQueryClient();
  const [asked, setAsked] = useState<{ at: number; before: string } | null>(null);
  const [note, setNote] = useState<string | null>(null);
  const { id } = host;

  if (asked && host.detail_updated_at !== asked.before && !host.refetch_requested) {
    setAsked(null);
    setNote('Details are up to date.');
  }

  useEffect(() => {
    if (!asked) return undefined;
    const timer = setInterval(() => {
      if (Date.now() - asked.at < patience) {
        void cache.invalidateQueries({ queryKey: hostQuery(id).queryKey });
        return;
      }
      setAsked(null);
      setNote('No answer yet. The details come with the next check-in.');
    }, 1_000);
    return () => clearInterval(timer);
  }, [asked, cache, id]);

  const start = () => {
    setNote(null);
    setAsked({ at: Date.now(), before: host.detail_updated_at });
    hosts.refetch(id).catch((error: unknown) => {
      setAsked(null);
      toast.error(error);
    });
  };
  return { running: asked !== null, note, start };
}
