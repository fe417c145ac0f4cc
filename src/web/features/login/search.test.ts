import { expect, it } from 'vitest';
import { loginSearch, ssoSentence } from './search';

it('leads back to our own pages only', () => {
  expect(loginSearch({ return: '/hosts/manage?a=1' }).return).toBe('/hosts/manage?a=1');
  for (const to of ['//evil.test', '/\\evil.test', 'https://evil.test', '']) {
    expect(loginSearch({ return: to }).return).toBeUndefined();
  }
});

it('explains every failure of single sign-on, known or not', () => {
  expect(ssoSentence(loginSearch({ status: 'account_invalid' }).status)).toMatch(/no account/);
  expect(ssoSentence(loginSearch({ status: 'something_new' }).status)).toMatch(/could not be used/);
  expect(ssoSentence(loginSearch({}).status)).toBeUndefined();
});
