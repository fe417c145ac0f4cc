import { describe, expect, it } from 'vitest';
import { criteriaText, isComplete, toCriteria, withVital } from './criteria';

const ram = { vital: 'memory', operator: '>', value: '8' };
const name = { vital: 'hostname', operator: '=', value: ' web-1 ' };

describe('criteria of a label', () => {
  it('one condition stands alone, several are joined', () => {
    expect(toCriteria({ mode: 'or', list: [name] })).toEqual({ vital: 'hostname', value: 'web-1' });
    expect(toCriteria({ mode: 'or', list: [name, ram] })).toEqual({
      or: [
        { vital: 'hostname', value: 'web-1' },
        { vital: 'memory', operator: '>', value: '8' },
      ],
    });
  });

  it('are complete when every value is there and numbers are numbers', () => {
    expect(isComplete({ mode: 'and', list: [] })).toBe(false);
    expect(isComplete({ mode: 'and', list: [ram, { ...name, value: ' ' }] })).toBe(false);
    expect(isComplete({ mode: 'and', list: [{ ...ram, value: 'much' }] })).toBe(false);
    expect(isComplete({ mode: 'and', list: [ram, name] })).toBe(true);
  });

  it('an operator must fit its attribute', () => {
    expect(withVital(ram, 'hostname').operator).toBe('=');
    expect(withVital(ram, 'cpu_logical_cores').operator).toBe('>');
  });

  it('read as words', () => {
    expect(
      criteriaText({
        and: [
          { vital: 'platform', value: 'darwin' },
          {
            or: [
              { vital: 'memory', operator: '>', value: '8' },
              { vital: 'x', value: '1' },
            ],
          },
        ],
      }),
    ).toBe('Platform is “darwin” and (Memory in bytes is more than “8” or x is “1”)');
  });
});
