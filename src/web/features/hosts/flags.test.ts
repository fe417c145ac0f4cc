import { expect, it } from 'vitest';
import { commands, flagFile } from './flags';

it('names host and port without a scheme', () => {
  expect(flagFile('linux', 'https://fleet.corp.test')).toContain(
    '--tls_hostname=fleet.corp.test:443',
  );
  expect(flagFile('linux', 'https://fleet.corp.test:8412/')).toContain(
    '--tls_hostname=fleet.corp.test:8412',
  );
});

it('puts a URL prefix before every endpoint', () => {
  const flags = flagFile('macos', 'https://corp.test/fleet');
  const endpoints = flags.split('\n').filter((line) => line.includes('_endpoint='));
  expect(endpoints).toHaveLength(7);
  expect(endpoints.every((line) => line.includes('=/fleet/api/osquery/'))).toBe(true);
});

it('uses the folders of each system', () => {
  expect(commands('linux', 's').certificatePath).toBe('/etc/osquery/fleet.pem');
  expect(commands('macos', 's').flagPath).toBe('/var/osquery/osquery.flags');
  expect(commands('windows', 's').flagPath).toBe('C:\\Program Files\\osquery\\osquery.flags');
});
