import { expect, it } from 'vitest';
import { ago, frequency, plural, span, toDate } from './format';

const now = Date.parse('2026-11-22T12:00:00Z');

it.each([
  ['2026-11-22T11:59:55Z', 'just now'],
  ['2026-11-22T12:00:03Z', 'just now'],
  ['2026-11-22T11:59:00Z', '1 minute ago'],
  ['2026-11-21T11:00:00Z', 'yesterday'],
  ['2026-11-22T09:30:00Z', '2 hours ago'],
  ['0001-01-01T00:00:00Z', 'Never'],
  ['2000-01-01T00:00:00Z', 'Never'],
  [null, 'Never'],
  ['rubbish', 'Never'],
])('ago(%s) is %s', (iso, expected) => {
  expect(ago(iso, now)).toBe(expected);
});

it.each([
  [0, '---'],
  [60, 'Every minute'],
  [900, 'Every 15 minutes'],
  [3600, 'Every hour'],
  [86_400, 'Every day'],
  [90, 'Every 90 seconds'],
])('frequency(%i) is %s', (seconds, expected) => {
  expect(frequency(seconds)).toBe(expected);
});

it('span names the two largest units', () => {
  expect(span(3 * 86_400 + 4 * 3600 + 59)).toBe('3 d 4 h');
  expect(span(61)).toBe('1 min 1 s');
  expect(span(0.4)).toBe('0 s');
});

it('plural separates thousands', () => {
  expect(plural(1, 'host')).toBe('1 host');
  expect(plural(100_000, 'host')).toBe('100,000 hosts');
  expect(plural(2, 'query', 'queries')).toBe('2 queries');
});

it('toDate reads what the server sends', () => {
  expect(toDate('2026-03-05T08:15:30.25Z')?.getUTCFullYear()).toBe(2026);
});
