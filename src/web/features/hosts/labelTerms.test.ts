import { describe, expect, it } from 'vitest';
import { fromExpression, toExpression, withNames } from './labelTerms';

describe('label expressions', () => {
  it.each([
    [{ all: [1, 2], any: [], none: [] }, '1 and 2'],
    [{ all: [], any: [3, 4], none: [] }, '(3 or 4)'],
    [{ all: [1], any: [3, 4], none: [5] }, '1 and (3 or 4) and not 5'],
    [{ all: [], any: [], none: [5, 6] }, 'not 5 and not 6'],
  ])('%o round-trips', (terms, text) => {
    expect(toExpression(terms)).toBe(text);
    expect(fromExpression(text)).toEqual(terms);
  });

  it('one of a choice is simply that one', () => {
    expect(toExpression({ all: [], any: [3], none: [] })).toBe('3');
  });

  it('leaves richer ones alone', () => {
    expect(fromExpression('not (1 or 2)')).toBeNull();
    expect(fromExpression('"Pilot" and 2')).toBeNull();
  });

  it('are told with names', () => {
    const labels = [{ id: 1, name: 'Pilot' }];
    expect(withNames('1 and not 2 and "1"', labels)).toBe('“Pilot” and not 2 and "1"');
  });
});
