import { matchingIds, type HostFilter } from '@/api/hosts';

/** What an action is for: the chosen hosts, or all that match a filter. */
export interface Chosen {
  ids: number[];
  filter: HostFilter | undefined;
  total: number;
}

/** For how many hosts a browser asks one by one. */
export const most = 2000;
export const atOnce = 6;

/** The ids of all that are meant, for what the server cannot do by filter. */
export async function idsOf({ ids, filter }: Chosen): Promise<number[]> {
  return filter ? matchingIds(filter) : ids;
}

/** Runs `act` for each, a few at a time; how many are done is told as it goes. */
export async function forEachHost(
  ids: readonly number[],
  act: (id: number) => Promise<unknown>,
  told: (done: number) => void,
): Promise<{ failed: number }> {
  let next = 0;
  let done = 0;
  let failed = 0;
  const worker = async () => {
    for (let id = ids[next++]; id !== undefined; id = ids[next++]) {
      try {
        await act(id);
      } catch {
        failed += 1;
      }
      done += 1;
      told(done);
    }
  };
  await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, worker));
  return { failed };
}
