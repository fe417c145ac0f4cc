import * as z from 'zod/mini';

/** What the results socket says. Anything that does not fit is ignored, never trusted. */

const cell = z.pipe(
  z.unknown(),
  z.transform((value): string => (value == null ? '' : String(value))),
);

const totals = z.object({
  type: z.literal('totals'),
  data: z.object({
    count: z.number(),
    online: z.number(),
    offline: z.number(),
    missing_in_action: z.optional(z.number()),
  }),
});

const status = z.object({
  type: z.literal('status'),
  data: z.object({
    expected_results: z.number(),
    actual_results: z.number(),
    status: z.string(),
  }),
});

const result = z.object({
  type: z.literal('result'),
  data: z.object({
    host: z.object({
      id: z.number(),
      hostname: z.string(),
      display_name: z.optional(z.string()),
    }),
    rows: z.nullish(z.array(z.nullable(z.record(z.string(), cell)))),
    error: z.nullish(z.string()),
  }),
});

export const hostStates = ['offline', 'waiting', 'answered', 'failed'] as const;
export type HostStateName = (typeof hostStates)[number];

const hosts = z.object({
  type: z.literal('hosts'),
  data: z.array(
    z.object({
      id: z.number(),
      hostname: z.string(),
      display_name: z.optional(z.string()),
      state: z.enum(hostStates),
      rows: z.nullish(z.number()),
      error: z.nullish(z.string()),
      since: z.nullish(z.string()),
    }),
  ),
});

const error = z.object({ type: z.literal('error'), data: z.string() });

const message = z.discriminatedUnion('type', [totals, status, result, hosts, error]);

export type Message = z.infer<typeof message>;
export type ResultData = z.infer<typeof result>['data'];
export type HostsData = z.infer<typeof hosts>['data'];

export function parseMessage(text: string): Message | null {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    return null;
  }
  const parsed = message.safeParse(json);
  return parsed.success ? parsed.data : null;
}
