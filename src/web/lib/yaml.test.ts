import { describe, expect, it } from 'vitest';
import { lineOf, locate, parse, print } from './yaml';

const text = `config:
  options:
    logger_tls_endpoint: log
    distributed_interval: "10"
  decorators:
    load:
      - SELECT 1
overrides:
  platforms:
    darwin:
      optoins: {}
`;

describe('options as text', () => {
  it('reads YAML and JSON alike', () => {
    expect(parse('a:\n  b: [1, true]').value).toEqual({ a: { b: [1, true] } });
    expect(parse('{"a": {"b": [1, true]}}').value).toEqual({ a: { b: [1, true] } });
    expect(parse('').value).toEqual({});
  });

  it('says where the text is broken', () => {
    const { faults } = parse('a: 1\nb: [1, 2\n');
    expect(faults.length).toBeGreaterThan(0);
    expect(faults[0]?.from).toBeGreaterThan(4);
    expect(parse('- 1').faults[0]?.message).toMatch(/object/);
    expect(parse('a: 1\na: 2').faults).toHaveLength(1);
  });

  it('comes back the same in both forms', () => {
    const value = { config: { options: { pack_delimiter: '/', interval: 10 } }, overrides: {} };
    expect(parse(print(value, 'yaml')).value).toEqual(value);
    expect(parse(print(value, 'json')).value).toEqual(value);
  });

  it.each([
    ['path in the name', 'agent_options.config.decorators', 'must be a list', 5],
    [
      'quoted path',
      'base',
      "invalid value type at 'config.options.distributed_interval': expected integer but got string",
      4,
    ],
    ['quoted key', 'base', 'unsupported key provided: "optoins"', 11],
    ['a key in the sentence', 'agent_options', 'options.logger_tls_endpoint must start with /', 3],
    ['nothing that is there', 'base', 'try again later', 1],
  ])('finds the place of a refusal: %s', (_, name, reason, line) => {
    const fault = locate(text, { name, reason });
    expect(lineOf(text, fault.from)).toBe(line);
    expect(fault.message).toBe(reason);
  });
});
