import { describe, expect, it } from 'vitest';
import { parseSearch, stringifySearch } from '@/lib/search';
import { filterOf, hostsSearch } from './search';

const read = (text: string) => hostsSearch(parseSearch(text));

describe('the address of the hosts list', () => {
  it('keeps every filter over a round trip', () => {
    const text =
      '?team_id=0&status=online&label_id=7&platform=darwin&policy_id=3&policy_response=failing' +
      '&os_name=Debian&os_version=12&software_title_id=9';
    const once = read(text);
    expect(read(stringifySearch({ ...once }))).toEqual(once);
    expect(filterOf(once)).toEqual({
      team_id: 0,
      status: 'online',
      label_id: 7,
      platform: 'darwin',
      policy_id: 3,
      policy_response: 'failing',
      os_name: 'Debian',
      os_version: '12',
      software_title_id: 9,
    });
  });

  it('takes the older and newer names of others', () => {
    expect(read('?fleet_id=4').team_id).toBe(4);
    expect(read('?software_id=5').software_version_id).toBe(5);
  });

  it('drops what makes no sense', () => {
    expect(filterOf(read('?policy_response=failing&os_name=x&team_id=-1&status=sleepy'))).toEqual(
      {},
    );
    expect(filterOf(read('?software_title_id=1&software_version_id=2'))).toEqual({
      software_version_id: 2,
    });
    expect(filterOf(read('?low_disk_space=1000'))).toEqual({});
  });
});
