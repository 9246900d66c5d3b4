import { expect, test } from 'vitest';
import type { OptionSpec } from '../../core/index.ts';
import { parsePlain, parseTexts } from './parse.ts';

const named = { key: 'key', flag: 'flag', description: 'Do it', trust: 'any' } as const;
const flag: OptionSpec = { ...named, kind: 'boolean' };
const text: OptionSpec = { ...named, kind: 'text' };
const word: OptionSpec = { ...named, kind: 'text', allowed: ['HIGH', 'LOW'], spellings: { severe: 'HIGH' } };
const path: OptionSpec = { ...named, kind: 'path' };
const count: OptionSpec = { ...named, kind: 'integer', minimum: 1, maximum: 255 };
const time: OptionSpec = { ...named, kind: 'duration' };
const size: OptionSpec = { ...named, kind: 'size' };
const words: OptionSpec = { ...named, kind: 'list', allowed: ['HIGH', 'LOW'], spellings: { severe: 'HIGH' } };
const globs: OptionSpec = { ...named, kind: 'list' };
const verbatim: OptionSpec = { ...named, kind: 'list', verbatim: true };
const secret: OptionSpec = { ...named, kind: 'text', secret: true };
const map: OptionSpec = { ...named, kind: 'map' };

test.each([
  [flag, ['true'], true],
  [flag, ['T'], true],
  [flag, ['true', '0'], false],
  [text, ['a', 'b'], 'b'],
  [word, ['high'], 'HIGH'],
  [word, ['Severe'], 'HIGH'],
  [path, ['a,b'], 'a,b'],
  [count, ['7'], 7],
  [time, ['5m'], 300_000],
  [size, ['1k'], 1000],
  [words, ['high, low', 'SEVERE'], ['HIGH', 'LOW', 'HIGH']],
  [globs, ['a,,b', 'c'], ['a', 'b', 'c']],
  [globs, [''], []],
  [verbatim, ['a, b', ''], ['a, b', '']],
  [secret, ['p,w'], 'p,w'],
])('flag or variable: %j %j', (spec, texts, expected) => {
  expect(parseTexts(spec, texts, '--flag')).toEqual(expected);
});

test.each([
  [flag, true, true],
  [flag, 'false', false],
  [text, 'x', 'x'],
  [count, 3, 3],
  [count, '3', 3],
  [size, 5, 5],
  [time, '5m', 300_000],
  [words, ['high', 'low'], ['HIGH', 'LOW']],
  [words, ['high,low'], ['HIGH', 'LOW']],
  [words, 'high,low', ['HIGH', 'LOW']],
  [globs, ['{a,b}'], ['{a,b}']],
  [
    map,
    new Map<string, unknown>([
      ['docker.io', ['m1', 'm2']],
      ['ghcr.io', 'm3'],
    ]),
    { 'docker.io': ['m1', 'm2'], 'ghcr.io': ['m3'] },
  ],
])('file: %j %j', (spec, value, expected) => {
  expect(parsePlain(spec, value, 'key (f.yaml, line 1)')).toEqual(expected);
});

test.each([
  [flag, 'yes'],
  [flag, 1],
  [text, 5],
  [text, ['x']],
  [text, new Map()],
  [path, ''],
  [count, 0],
  [count, 256],
  [count, 1.5],
  [count, 'x'],
  [count, '1e2'],
  [time, 300],
  [time, '-1s'],
  [size, '-1'],
  [size, -1],
  [words, 'HUGE'],
  [words, [1]],
  [words, [['HIGH']]],
  [map, 'x'],
  [map, new Map([['a', 5]])],
])('a wrong value is refused: %j %j', (spec, value) => {
  expect(() => parsePlain(spec, value, 'key')).toThrowCode('CONFIG_VALUE_INVALID');
});

test('the message says where, what and what else', () => {
  expect(() => parseTexts(word, ['hgh'], '--flag')).toThrow('--flag: "hgh" is not one of HIGH, LOW');
  expect(() => parseTexts(word, ['hgh'], '--flag')).toThrow(expect.objectContaining({ hint: 'Did you mean HIGH?' }));
  expect(() => parsePlain(time, 300, 'timeout (f.yaml, line 2)')).toThrow(
    expect.objectContaining({ hint: 'Write a duration such as 90s, 5m or 1h30m, in quotes.' }),
  );
});

test('a secret value is never repeated', () => {
  expect(() => parsePlain(secret, 12345, 'password')).toThrow('password: the value is not a text');
});

test('names of a map cannot reach the prototype', () => {
  const value = parsePlain(map, new Map([['__proto__', ['x']]]), 'key');
  expect(Object.getPrototypeOf(value)).toBe(Object.prototype);
  expect(Object.keys(value)).toEqual(['__proto__']);
});

test('maps are pairs in flags and variables; a name given again has several values', () => {
  const pairs = parseTexts(map, ['a=1,b=x=y', 'a=2'], '--map');
  expect(pairs).toEqual({ a: ['1', '2'], b: ['x=y'] });
  for (const wrong of ['a', '=b']) expect(() => parseTexts(map, [wrong], '--map')).toThrowCode('CONFIG_VALUE_INVALID');
});
