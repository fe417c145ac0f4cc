import { describe, expect, it } from 'vitest';
import {
  areaPath,
  hourBoard,
  linePath,
  nearest,
  scale,
  segments,
  ticks,
  topShares,
  withGaps,
} from './chart';

describe('ticks', () => {
  it.each([
    [0, [0, 1]],
    [1, [0, 1]],
    [3, [0, 1, 2, 3]],
    [7, [0, 2, 4, 6, 8]],
    [41, [0, 20, 40, 60]],
    [100_000, [0, 50_000, 100_000]],
  ])('up to %d are round numbers', (max, wanted) => {
    expect(ticks(max)).toEqual(wanted);
  });
});

it('a scale without width stays in the middle', () => {
  expect(scale([0, 10], [0, 100])(5)).toBe(50);
  expect(scale([3, 3], [0, 100])(3)).toBe(50);
});

describe('lines', () => {
  const points = [
    { x: 0, y: 1 },
    { x: 1, y: 2 },
    { x: 2, y: null },
    { x: 3, y: 4 },
  ];
  const same = (n: number) => n;

  it('break where nothing was recorded', () => {
    expect(segments(points).map((run) => run.length)).toEqual([2, 1]);
    expect(linePath(points, same, same)).toBe('M0,1L1,2');
    expect(areaPath(points, same, same, 9)).toBe('M0,9L0,1L1,2L1,9Z');
  });

  it('get a hole where nothing was recorded for long', () => {
    const points: { x: number; y: number | null }[] = [
      { x: 0, y: 1 },
      { x: 1, y: 1 },
      { x: 5, y: 1 },
    ];
    expect(withGaps(points, 2, (x) => ({ x, y: null })).map((at) => at.x)).toEqual([0, 1, 3, 5]);
  });

  it('find the point under the pointer', () => {
    expect(nearest([0, 10, 20], 14)).toBe(1);
    expect(nearest([], 14)).toBe(0);
  });
});

it('keeps the largest shares and adds up the others', () => {
  const rows = [1, 5, 3, 2].map((value) => ({ name: `v${value}`, value }));
  expect(topShares(rows, 3)).toEqual([
    { name: 'v5', value: 5 },
    { name: 'v3', value: 3 },
    { name: '2 others', value: 3, rest: 2 },
  ]);
  expect(topShares(rows, 4)).toHaveLength(4);
});

describe('a board of days and hours', () => {
  const at = (day: number, hour: number, minute = 0) =>
    new Date(2026, 2, day, hour, minute).getTime();

  it('has a row for each day, also for one of which nothing is known', () => {
    const { days, cells } = hourBoard([
      { x: at(2, 23), y: 1 },
      { x: at(4, 0), y: 2 },
    ]);
    expect(days).toEqual([at(2, 0), at(3, 0), at(4, 0)]);
    expect(cells.map(({ row, hour, y }) => [row, hour, y])).toEqual([
      [0, 23, 1],
      [2, 0, 2],
    ]);
  });

  it('shows the later of two moments in one hour', () => {
    const { cells } = hourBoard([
      { x: at(2, 9), y: 1 },
      { x: at(2, 9, 40), y: 5 },
    ]);
    expect(cells.map(({ hour, y }) => [hour, y])).toEqual([[9, 5]]);
  });

  it('is empty without moments', () => {
    expect(hourBoard([])).toEqual({ days: [], cells: [] });
  });
});
