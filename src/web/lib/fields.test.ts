import { describe, expect, it } from 'vitest';
import {
  changed,
  newEntry,
  placeErrors,
  problems,
  toValues,
  withValue,
  type FieldSpec,
  type ListEntry,
} from './fields';

const fields: FieldSpec[] = [
  { path: 'smtp.on', label: 'Use SMTP', kind: 'switch' },
  { path: 'smtp.server', label: 'Server', kind: 'text', when: 'smtp.on', required: true },
  { path: 'smtp.port', label: 'Port', kind: 'number', when: 'smtp.on', min: 1, max: 65_535 },
  { path: 'smtp.password', label: 'Password', kind: 'secret', when: 'smtp.on' },
  { path: 'org.url', label: 'Web address', kind: 'url' },
  { path: 'extra', label: 'Extra', kind: 'json' },
  {
    path: 'tickets.jira',
    label: 'Jira',
    kind: 'list',
    item: [
      { path: 'url', label: 'URL', kind: 'url', required: true },
      { path: 'project', label: 'Project', kind: 'text' },
    ],
  },
];

const stored = {
  smtp: { on: true, server: 'mail.test', port: 25, password: '********', other: 1 },
  org: { url: 'https://fleet.test' },
  extra: { a: 'SELECT 1' },
  tickets: { jira: [{ url: 'https://jira.test', project: 'A', hidden: true }] },
};
const before = toValues(fields, stored);

describe('a form described as data', () => {
  it('sends nothing when nothing was changed', () => {
    expect(changed(fields, before, before)).toEqual({});
  });

  it('sends only what was changed, nested as the server stores it', () => {
    const after = { ...before, 'smtp.port': '587', 'org.url': ' https://new.test ' };
    expect(changed(fields, before, after)).toEqual({
      smtp: { port: 587 },
      org: { url: 'https://new.test' },
    });
  });

  it('sends a list whole, with what the form does not show', () => {
    const list = before['tickets.jira'] as readonly ListEntry[];
    const jira = fields.find((field) => field.kind === 'list');
    if (!jira) throw new Error('no list');
    const added = newEntry(jira);
    const after = {
      ...before,
      'tickets.jira': [...list, { ...added, values: { ...added.values, url: 'https://j.test' } }],
    };
    expect(changed(fields, before, after)).toEqual({
      tickets: {
        jira: [
          { url: 'https://jira.test', project: 'A', hidden: true },
          { url: 'https://j.test', project: '' },
        ],
      },
    });
  });

  it('an emptied JSON field clears the value', () => {
    expect(changed(fields, before, { ...before, extra: '' })).toEqual({ extra: null });
  });

  it('finds what is wrong, in lists too, but not in what is hidden', () => {
    const list = before['tickets.jira'] as readonly ListEntry[];
    const broken = list.map((entry) => ({ ...entry, values: { ...entry.values, url: 'jira' } }));
    const wrong = {
      ...before,
      'smtp.server': ' ',
      'smtp.port': '70000',
      extra: '[1]',
      'tickets.jira': broken,
    };
    expect(problems(fields, wrong)).toEqual({
      'smtp.server': 'Enter server.',
      'smtp.port': 'Enter at most 65535.',
      extra: 'This is not a JSON object.',
      'tickets.jira.0.url': 'Enter a whole address, starting with https:// or http://.',
    });
    const off = problems(fields, { ...wrong, 'smtp.on': false });
    expect(Object.keys(off)).toEqual(['extra', 'tickets.jira.0.url']);
  });

  it('places the errors of the server at their fields', () => {
    const placed = placeErrors(
      [
        { name: 'server', reason: 'unknown host' },
        { name: 'smtp.port', reason: 'refused' },
        { name: 'tickets.jira[0].url', reason: 'no such project' },
        { name: 'base', reason: 'try later' },
      ],
      fields,
    );
    expect(placed.at).toEqual({
      'smtp.server': 'unknown host',
      'smtp.port': 'refused',
      'tickets.jira.0.url': 'no such project',
    });
    expect(placed.rest).toEqual(['try later']);
  });

  it('sets a value deep in a copy', () => {
    const document = { a: { b: 1, c: 2 } };
    expect(withValue(document, 'a.b', 5)).toEqual({ a: { b: 5, c: 2 } });
    expect(document.a.b).toBe(1);
  });
});
