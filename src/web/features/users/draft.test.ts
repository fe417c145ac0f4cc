import { expect, it } from 'vitest';
import { draftProblems, emptyDraft } from './draft';

const good = {
  ...emptyDraft(undefined),
  name: 'Bo',
  email: 'bo@corp.test',
  password: 'long enough 1!',
  again: 'long enough 1!',
};

it('a complete draft is ready in each of its kinds', () => {
  expect(draftProblems('account', good)).toEqual({});
  expect(draftProblems('invite', { ...good, password: '', again: '' })).toEqual({});
  expect(draftProblems('api', { ...good, email: '', password: '', again: '' })).toEqual({});
});

it('says what is missing, and asks for nothing that the kind does not need', () => {
  const empty = emptyDraft(undefined);
  expect(Object.keys(draftProblems('account', empty))).toEqual(['name', 'email', 'password']);
  expect(Object.keys(draftProblems('account', { ...empty, sso: true }))).toEqual(['name', 'email']);
  expect(Object.keys(draftProblems('api', empty))).toEqual(['name']);
  expect(draftProblems('account', { ...good, again: 'other' })).toHaveProperty('again');
  expect(
    draftProblems('account', { ...good, roles: { global_role: null, teams: [] } }),
  ).toHaveProperty('roles');
  expect(draftProblems('api', { ...good, endpoints: [] })).toHaveProperty('endpoints');
  expect(draftProblems('account', { ...good, email: 'Bo <bo@corp.test>' })).toHaveProperty('email');
});

it('starts with a role on the team that it was opened for', () => {
  expect(emptyDraft(7).roles).toEqual({
    global_role: null,
    teams: [{ id: 7, role: 'observer' }],
  });
});
