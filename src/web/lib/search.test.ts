import { describe, expect, it } from 'vitest';
import { hostsSearch } from '@/features/hosts/search';
import { liveSearch } from '@/features/live/search';
import { queriesSearch } from '@/features/queries/search';
import { parseSearch, sortOf, sortToSearch, stringifySearch } from './search';

const defined = (search: object) =>
  Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined));

describe('URL parameters', () => {
  it.each([
    [
      'hosts, everything',
      hostsSearch,
      '?query=web+1&page=2&per_page=100&order_key=uuid&order_direction=desc&status=offline&label_id=7&add_hosts=true',
    ],
    ['hosts, text that looks like a number', hostsSearch, '?query=007'],
    ['queries', queriesSearch, '?query=ports&order_key=updated_at&platform=linux'],
    [
      'live query',
      liveSearch,
      '?sql=SELECT+1%3B&hosts=1,5&labels=6&campaign=501&tab=hosts&order_key=port&order_direction=desc',
    ],
  ])('%s: survive a round trip', (_, validate, text) => {
    expect(stringifySearch({ ...validate(parseSearch(text)) })).toBe(text);
  });

  it('drops what makes no sense and keeps the rest', () => {
    const text =
      '?page=-1&per_page=7&order_key=password&order_direction=up&status=happy&label_id=x&query=a';
    expect(defined(hostsSearch(parseSearch(text)))).toEqual({ query: 'a' });
  });

  it('leaves defaults out', () => {
    expect(stringifySearch({ page: undefined, query: '', add_hosts: false, hosts: [] })).toBe('');
  });

  it('reads ids once each and ignores what is no id', () => {
    expect(liveSearch(parseSearch('?hosts=5,1,5,abc,-2')).hosts).toEqual([5, 1]);
  });
});

describe('the order of a list', () => {
  const usual = { key: 'failing', direction: 'desc' } as const;

  it.each([
    [{}, usual],
    [{ order_direction: 'asc' as const }, { key: 'failing', direction: 'asc' }],
    [{ order_key: 'name' }, { key: 'name', direction: 'asc' }],
    [
      { order_key: 'name', order_direction: 'desc' as const },
      { key: 'name', direction: 'desc' },
    ],
  ])('%j and back', (search, sort) => {
    expect(sortOf(search, usual)).toEqual(sort);
    expect(defined(sortToSearch(sortOf(search, usual), usual))).toEqual(search);
  });
});
