import { expect, test } from 'vitest';
import { parseConfigFile } from './parse.ts';

const parse = (text: string | Uint8Array, map = ''): [string, unknown, number][] =>
  parseConfigFile(typeof text === 'string' ? Buffer.from(text) : text, 'f.yaml', (key) => key === map).map(
    ({ key, value, line }) => [key, value, line],
  );

test.each<[string, [string, unknown, number][]]>([
  ['', []],
  ['# only a comment\n', []],
  [
    'a: 1\nb: two\n',
    [
      ['a', 1, 1],
      ['b', 'two', 2],
    ],
  ],
  ['a:\n  b:\n    c: true\n', [['a.b.c', true, 3]]],
  ['a:\nb: ~\nc: {}\n', []],
  ['a: [x, y]\n', [['a', ['x', 'y'], 1]]],
  ['a:\n  - x\n  - 2\n', [['a', ['x', 2], 1]]],
  ['a: yes\n', [['a', 'yes', 1]]],
  ['%YAML 1.1\n---\na: yes\n', [['a', 'yes', 3]]],
  [
    'a: &x [1]\nb: *x\n',
    [
      ['a', [1], 1],
      ['b', [1], 2],
    ],
  ],
  ['1: x\n', [['1', 'x', 1]]],
  ['__proto__: x\n', [['__proto__', 'x', 1]]],
  ['a: !!str 5\n', [['a', '5', 1]]],
])('%j', (text, expected) => {
  expect(parse(text)).toEqual(expected);
});

test('a key that holds a map keeps it whole, dots and all', () => {
  const text = 'registry:\n  mirrors:\n    docker.io: [a, b]\n    "localhost:5000": c\n';
  const mirrors = new Map<string, unknown>([
    ['docker.io', ['a', 'b']],
    ['localhost:5000', 'c'],
  ]);
  expect(parse(text, 'registry.mirrors')).toEqual([['registry.mirrors', mirrors, 2]]);
});

const aliases = Array.from({ length: 12 }, (_, i) => `k${i}: &k${i} [${`*k${i - 1},`.repeat(i === 0 ? 0 : 9)}1]`);

test.each([
  ['not a map', '[1, 2]'],
  ['a scalar', 'word'],
  ['two documents', 'a: 1\n---\nb: 2\n'],
  ['a duplicate key', 'a: 1\na: 2\n'],
  ['a duplicate key below', 'a:\n  b: 1\n  b: 2\n'],
  ['a duplicate key in a map value', 'm:\n  b: 1\n  b: 2\n'],
  ['a tag', 'a: !foo 1\n'],
  ['binary', 'a: !!binary aGk=\n'],
  ['a set', 'a: !!set {x}\n'],
  ['a list as key', '? [a]\n: 1\n'],
  ['an anchor that is not there', 'a: *nope\n'],
  ['broken syntax', 'a: b: c\n'],
  ['tabs', '\ta: 1\n'],
  ['aliases of aliases', `${aliases.join('\n')}\n`],
  ['an alias of itself', 'a: &a [*a]\n'],
  ['deep flow lists', `a: ${'['.repeat(60_000)}`],
  ['closed deep lists', `a: ${'['.repeat(500)}${']'.repeat(500)}`],
  ['deep maps', `${Array.from({ length: 40 }, (_, i) => `${' '.repeat(i)}k:`).join('\n')} 1`],
  ['too many values', `a: [${'1,'.repeat(20_000)}]`],
  ['no text', new Uint8Array([0x61, 0x3a, 0xff, 0xfe])],
])('refused: %s', (_, text) => {
  expect(() => parse(text, 'm')).toThrowCode('CONFIG_FILE_INVALID');
});

test('the error names file and line', () => {
  expect(() => parse('a: 1\n\nb: 2\na: 3\n')).toThrow('f.yaml, line 4: the key "a" stands there twice');
});

test('many different keys take no quadratic time', () => {
  const text = Array.from({ length: 4000 }, (_, i) => `key${i}: {}\n`).join('');
  expect(parse(text)).toEqual([]);
});
