import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Params } from '@/api/types';
import type { JsonObject } from '@/lib/fields';

/**
 * The whole configuration. Sections name the keys that they show, so that one form serves them
 * all; what has a meaning elsewhere is typed in `AppConfig`.
 */
export const settingsQuery = queryOptions({
  queryKey: ['config', 'whole'],
  queryFn: ({ signal }) => api.get<JsonObject>('/config', { signal }),
  staleTime: 10_000,
  refetchOnWindowFocus: false,
});

export type PatchOptions = Pick<Params<'modify_config'>, 'dry_run' | 'force'>;

export const settings = {
  patch: (body: JsonObject, how: PatchOptions = {}) =>
    api.patch<JsonObject>('/config', { body, params: { ...how } }),
  /** Mails the signed-in administrator by the stored settings. */
  testMail: () => api.patch<JsonObject>('/config', { body: { smtp_test: true } }),
  putLogo: (mode: LogoMode, file: File) => {
    const form = new FormData();
    form.set('logo', file);
    return api.put('/logo', { params: { mode }, body: form });
  },
  removeLogo: (mode: LogoMode) => api.delete('/logo', { params: { mode } }),
};

/** The brightness of what the logo stands on. */
export type LogoMode = 'light' | 'dark';
