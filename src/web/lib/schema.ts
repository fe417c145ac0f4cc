import { basePath } from '@/lib/base';

let schema: Promise<Record<string, string[]>> | undefined;

/** Tables of osquery and their columns, for completion. Fetched once, when first needed. */
export function loadSchema(): Promise<Record<string, string[]>> {
  schema ??= fetch(`${basePath}/schema.json`)
    .then((response): Promise<Record<string, string[]>> | Record<string, string[]> =>
      response.ok ? response.json() : {},
    )
    // Completion is a comfort: without it the editor still works.
    .catch(() => ({}));
  return schema;
}
