import { describe, expect, it } from 'vitest';
import { csvCell, csvFileName, toCsv } from './csv';

describe('csvCell', () => {
  it.each([
    ['plain text stays', 'bash', 'bash'],
    ['nothing is empty', null, ''],
    ['a comma is quoted', 'a,b', '"a,b"'],
    ['quotes are doubled', 'say "hi"', '"say ""hi"""'],
    ['line breaks are quoted', 'a\nb', '"a\nb"'],
    ['a formula is defused', '=1+1', "'=1+1"],
    ['a formula with quotes is defused and quoted', '=HYPERLINK("x")', '"\'=HYPERLINK(""x"")"'],
    ['an at sign is defused', '@SUM(A1)', "'@SUM(A1)"],
    ['a plus sign before words is defused', '+cmd', "'+cmd"],
    ['a tab is defused', '\t=1', "'\t=1"],
    ['a negative number stays a number', '-5', '-5'],
    ['a number is text', 42, '42'],
  ])('%s', (_, value, expected) => {
    expect(csvCell(value)).toBe(expected);
  });
});

it('toCsv writes a header and one line a row', () => {
  expect(
    toCsv(
      ['Host', 'port'],
      [
        ['a', '22'],
        ['b, c', '=1'],
      ],
    ),
  ).toBe('Host,port\r\na,22\r\n"b, c",\'=1\r\n');
});

it('csvFileName carries the day and no path characters', () => {
  expect(csvFileName('ports: 80/443', new Date(2026, 2, 5))).toBe('ports  80 443 2026-03-05.csv');
});
