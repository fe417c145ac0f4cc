import { expect, it } from 'vitest';
import { condensed, diffLines } from './diff';

const marks = { same: ' ', added: '+', removed: '-' };
const show = (before: string, after: string) =>
  diffLines(before, after).map(({ kind, text }) => marks[kind] + text);

it('keeps what both have, and shows the old line before the new one', () => {
  expect(show('a\nb\nc\n', 'a\nB\nc\n')).toEqual([' a', '-b', '+B', ' c']);
  expect(show('', 'a\n')).toEqual(['+a']);
  expect(show('a\n', '')).toEqual(['-a']);
  expect(show('a\nb', 'a\nb\n')).toEqual([' a', ' b']);
});

it('leaves out what is far from any change', () => {
  const before = Array.from({ length: 20 }, (_, i) => `line ${i}`).join('\n');
  const after = before.replace('line 10', 'line ten');
  const kept = condensed(diffLines(before, after), 2);
  expect(kept[0]).toBeNull();
  expect(kept.at(-1)).toBeNull();
  expect(kept).toHaveLength(8);
});
