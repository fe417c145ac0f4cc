import { usesUtc } from '@/lib/timeZone';

export const empty = '---';

const numbers = new Intl.NumberFormat('en');
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
const style = { dateStyle: 'medium', timeStyle: 'long' } as const;
const local = new Intl.DateTimeFormat('en', style);
const utc = new Intl.DateTimeFormat('en', { ...style, timeZone: 'UTC' });

export function count(value: number): string {
  return numbers.format(value);
}

/** `1 host`, `2 hosts`, `1,024 hosts`. */
export function plural(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}

export function text(value: string | null | undefined): string {
  return value ? value : empty;
}

/** Bytes as gigabytes with at most one digit after the point. */
export function gigabytes(bytes: number): string {
  return bytes > 0 ? gigs(bytes / 1024 ** 3) : empty;
}

export function gigs(value: number): string {
  return `${numbers.format(Math.round(value * 10) / 10)} GB`;
}

/** The server's "never" is a date before 2016. */
export function toDate(iso: string | null | undefined): Date | null {
  if (!iso) return null;
  const date = new Date(iso);
  return Number.isNaN(date.getTime()) || date.getUTCFullYear() < 2016 ? null : date;
}

const steps: [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400],
  ['month', 30 * 86_400],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
];

export function ago(iso: string | null | undefined, now: number): string {
  const date = toDate(iso);
  if (!date) return 'Never';
  let seconds = Math.round((date.getTime() - now) / 1000);
  // Clocks differ a little, and ours moves in steps: the very near future is the present.
  if (seconds > 0 && seconds < 60) seconds = 0;
  for (const [unit, size] of steps) {
    if (Math.abs(seconds) >= size) return relative.format(Math.trunc(seconds / size), unit);
  }
  return Math.abs(seconds) < 10 ? 'just now' : relative.format(seconds, 'second');
}

export function exact(iso: string | null | undefined): string {
  const date = toDate(iso);
  return date ? (usesUtc() ? utc : local).format(date) : 'Never';
}

/** Host uptime arrives as nanoseconds. */
export function uptime(nanoseconds: number): string {
  return nanoseconds > 0 ? span(nanoseconds / 1e9) : empty;
}

/** `4 d 3 h`, `12 min`, `8 s`: the two largest units. */
export function span(seconds: number): string {
  const total = Math.max(0, Math.floor(seconds));
  const parts: [number, string][] = [
    [Math.floor(total / 86_400), 'd'],
    [Math.floor(total / 3_600) % 24, 'h'],
    [Math.floor(total / 60) % 60, 'min'],
    [total % 60, 's'],
  ];
  const first = parts.findIndex(([n]) => n > 0);
  if (first < 0) return '0 s';
  return parts
    .slice(first, first + 2)
    .filter(([n]) => n > 0)
    .map(([n, unit]) => `${n} ${unit}`)
    .join(' ');
}

/** `Every 15 minutes`, or the empty mark when a query is not scheduled. */
export function frequency(seconds: number): string {
  if (seconds <= 0) return empty;
  const units: [number, string][] = [
    [604_800, 'week'],
    [86_400, 'day'],
    [3_600, 'hour'],
    [60, 'minute'],
  ];
  for (const [size, unit] of units) {
    if (seconds % size === 0) {
      const n = seconds / size;
      return n === 1 ? `Every ${unit}` : `Every ${n} ${unit}s`;
    }
  }
  return `Every ${seconds} seconds`;
}

const platformWords: Record<string, string> = {
  darwin: 'macOS',
  windows: 'Windows',
  linux: 'Linux',
  chrome: 'ChromeOS',
  ios: 'iOS',
  ipados: 'iPadOS',
  android: 'Android',
};

export function platformName(platform: string): string {
  return platformWords[platform] ?? platform;
}

/** A comma list of the wire in words; an empty one means all. */
export function platformNames(list: string): string {
  const names = list
    .split(',')
    .map((name) => name.trim())
    .filter(Boolean);
  return names.length === 0 ? 'All' : names.map(platformName).join(', ');
}

const days = new Intl.DateTimeFormat('en', { month: 'short', day: 'numeric' });
const times = new Intl.DateTimeFormat('en', { hour: '2-digit', minute: '2-digit', hour12: false });

/** `Nov 27` */
export function day(milliseconds: number): string {
  return days.format(milliseconds);
}

/** `14:05` */
export function clock(milliseconds: number): string {
  return times.format(milliseconds);
}

export function dayAndTime(milliseconds: number): string {
  return `${day(milliseconds)}, ${clock(milliseconds)}`;
}

const families: readonly [name: string, belongs: RegExp][] = [
  ['darwin', /^(darwin|macos)$/],
  ['windows', /^windows$/],
  ['chrome', /^chrome(os)?$/],
  ['ios', /^ios$/],
  ['ipados', /^ipados$/],
  ['android', /^android$/],
];

/** Every Linux distribution is a platform of its own on the wire. */
export function platformFamily(platform: string): string {
  return families.find(([, belongs]) => belongs.test(platform))?.[0] ?? 'linux';
}
