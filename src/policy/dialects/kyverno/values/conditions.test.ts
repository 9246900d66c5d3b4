import { expect, test } from 'vitest';
import { Fields } from '../../../model/fields.ts';
import { checkConditions, readConditions } from './conditions.ts';
import { search } from './search.ts';
import { substitute } from './variables.ts';

const scope = {
  now: new Date('2026-06-01T12:00:00Z'),
  values: {
    request: { object: { metadata: { labels: { app: 'web', 'a.b/c': 'd' } }, spec: { replicas: 3 } } },
    list: ['a', 'b'],
    none: [],
  },
};

function isMet(key: unknown, operator: string, value: unknown): boolean {
  const conditions = readConditions(new Fields({ all: [{ key, operator, value }] } as never, 'p').with('x', null), 'y');
  const read = readConditions(new Fields({ c: { all: [{ key, operator, value }] } } as never, 'p'), 'c');
  expect(conditions).toBeUndefined();
  return read !== undefined && checkConditions(read, scope).kind === 'met';
}

test.each([
  ['a', 'Equals', 'a', true],
  ['abc', 'Equals', 'a*', true],
  ['a*', 'Equals', 'abc', false],
  ['1h', 'Equals', '60m', true],
  ['1Ki', 'equal', '1024', true],
  [1, 'Equals', '1', true],
  [true, 'Equals', true, true],
  [[1, 2], 'Equals', [1, 2], true],
  [{ a: 1 }, 'Equals', { a: 1 }, true],
  [{ a: 1 }, 'Equals', { a: 1, b: 2 }, false],
  ['a', 'NotEquals', 'b', true],
  ['a', 'NotEqual', '?', false],
  ['a', 'In', ['a', 'b'], true],
  ['a', 'NotIn', ['a'], false],
  ['ab', 'AnyIn', ['a*'], true],
  [['a', 'x'], 'AnyIn', ['a', 'b'], true],
  [['a', 'x'], 'AllIn', ['a', 'b'], false],
  [['a', 'x'], 'AnyNotIn', ['a', 'b'], true],
  [['a', 'x'], 'AllNotIn', ['a', 'b'], false],
  ['b', 'AnyIn', '["a","b"]', true],
  [5, 'AnyIn', '1-10', true],
  [5, 'AnyIn', '1!-10', false],
  ['512Mi', 'AnyIn', '1Mi-1Gi', true],
  [3, 'GreaterThan', 2, true],
  ['1.2.3', 'GreaterThan', '1.2.0', true],
  ['1h', 'LessThan', '90m', true],
  ['2Gi', 'GreaterThanOrEquals', '2048Mi', true],
  ['2026-01-01T00:00:00Z', 'LessThanOrEquals', '2026-01-02T00:00:00Z', true],
  ['168h0m0s', 'DurationLessThan', '169h', true],
  ['x', 'GreaterThan', 1, false],
  ['x', 'LessThan', 1, false],
])('%j %s %j: %s', (key, operator, value, expected) => {
  expect(isMet(key, operator, value)).toBe(expected);
});

test.each([
  ['{{ request.object.spec.replicas }}', 3],
  ['{{request.object.metadata.labels.app}}-{{ request.object.spec.replicas }}', 'web-3'],
  ['{{ list[0] }}', 'a'],
  ['{{ list }}', ['a', 'b']],
  ['x{{ list }}', 'x["a","b"]'],
  ['{{ request.object.metadata.labels."a.b/c" }}', 'd'],
  ["{{ request.object.metadata.labels.{{ 'app' }} }}", 'web'],
  ["{{ missing || 'else' }}", 'else'],
  [String.raw`\{{ kept }}`, '{{ kept }}'],
])('%s stands for %j', (text, expected) => {
  expect(substitute(text, scope)).toEqual(expected);
});

test.each([
  '{{ missing }}',
  '{{ a..b }}',
  '{{ unknown_function(list) }}',
  "{{ to_boolean('x') }}",
  '{{ divide(`1`, `0`) }}',
])('%s has no value', (text) => {
  expect(() => substitute(text, scope)).toThrow(RangeError);
});

test.each([
  ["to_upper('ab')", 'AB'],
  ["to_lower('AB')", 'ab'],
  ["trim(' a ', ' ')", 'a'],
  ["trim_prefix('v1', 'v')", '1'],
  ["split('a,b', ',')", ['a', 'b']],
  ["replace('aaa', 'a', 'b', `2`)", 'bba'],
  ["replace_all('aaa', 'a', 'b')", 'bbb'],
  ["compare('a', 'b')", -1],
  ["equal_fold('A', 'a')", true],
  ["regex_match('^a+$', 'aaa')", true],
  ["regex_replace_all('a(.)', 'abac', 'x$1')", 'xbxc'],
  ["regex_replace_all_literal('a', 'aba', '$0')", '$0b$0'],
  ["pattern_match('a*', 'abc')", true],
  ["label_match({app: 'w*'}, request.object.metadata.labels)", true],
  ["truncate('abc', `2`)", 'ab'],
  ["semver_compare('1.2.3', '>=1.0.0')", true],
  ['parse_json(\'{"a":1}\').a', 1],
  ["parse_yaml('a: 1').a", 1],
  ["base64_decode(base64_encode('x'))", 'x'],
  ["path_canonicalize('/a/../b')", '/b'],
  ["image_normalize('nginx')", 'docker.io/nginx:latest'],
  ['lookup(list, `1`)', 'b'],
  ["lookup({a: 'b'}, 'a')", 'b'],
  ["items({b: 'x', a: 'y'}, 'k', 'v')[0].k", 'a'],
  ['object_from_lists(list, list).b', 'b'],
  ['add(`1`, `2`)', 3],
  ['sum([`1`, `2`, `3`])', 6],
  ['subtract(`3`, `2`)', 1],
  ['multiply(`3`, `2`)', 6],
  ['divide(`3`, `2`)', 1.5],
  ['modulo(`3`, `2`)', 1],
  ['round(`1.256`, `2`)', 1.26],
  ['time_now_utc()', '2026-06-01T12:00:00Z'],
  ["time_add('2026-06-01T12:00:00Z', '1h')", '2026-06-01T13:00:00Z'],
  ["time_since('', '2026-05-25T12:00:00Z', '')", '168h0m0s'],
  ["time_diff('2026-05-25T12:00:00Z', time_now_utc())", '168h0m0s'],
  ["time_before('2026-05-25T12:00:00Z', time_now_utc())", true],
  ["time_after('2026-05-25T12:00:00Z', time_now_utc())", false],
  ["time_between(time_now_utc(), '2026-05-25T12:00:00Z', '2026-07-25T12:00:00Z')", true],
  ["time_truncate('2026-06-01T12:34:56Z', '1h')", '2026-06-01T12:00:00Z'],
  ["time_to_cron('2026-06-01T12:34:56Z')", '34 12 1 6 1'],
  ["md5('a')", '0cc175b9c0f1b6a831c399e269772661'],
  ["length(sha256('a'))", 64],
  ["length(sha1('a'))", 40],
])('%s is %j', (expression, expected) => {
  expect(search(expression, scope)).toEqual(expected);
});

test('any holds when one of its conditions does, and an empty list always', () => {
  const read = (text: object) => readConditions(new Fields({ c: text } as never, 'p'), 'c');
  const no = { key: 'a', operator: 'Equals', value: 'b' };
  const yes = { key: 'a', operator: 'Equals', value: 'a' };
  const outcome = (text: object) => checkConditions(read(text) ?? { all: [] }, scope).kind;
  expect(outcome({ any: [no, yes] })).toBe('met');
  expect(outcome({ any: [no] })).toBe('unmet');
  expect(outcome({ any: [] })).toBe('met');
  expect(outcome({ any: [yes], all: [no] })).toBe('unmet');
  expect(outcome([yes, yes])).toBe('met');
  expect(outcome([{ ...yes, key: '{{ missing }}' }])).toBe('unresolved');
  expect(() => read({ all: [{ key: 'a', operator: 'Near', value: 'b' }] })).toThrowCode('POLICY_INVALID');
});
