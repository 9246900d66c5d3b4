import { expect, test } from 'vitest';
import { memorySource } from './memory-source.ts';
import { readLines, readText } from './text.ts';

const source = (text: string) => memorySource(Buffer.from(text));
const linesOf = (text: string, limit?: number) => [...readLines(source(text), limit)].map(String);

test('text within the limit is decoded, bytes that are no UTF-8 are replaced', () => {
  expect(readText(source('häuser'))).toBe('häuser');
  expect(readText(memorySource(Uint8Array.of(0x61, 0xff)))).toBe('a\ufffd');
  expect(() => readText(source('abc'), 2)).toThrowCode('KIT_TEXT_TOO_LONG');
});

test.each([
  ['', []],
  ['a', ['a']],
  ['a\n', ['a']],
  ['a\r\n\r\nb', ['a', '', 'b']],
  ['\n\n', ['', '']],
])('the lines of %j are %j', (text, expected) => {
  expect(linesOf(text)).toEqual(expected);
});

test('lines that span several pieces come whole', () => {
  const long = 'x'.repeat(700_000);
  expect(linesOf(`a\n${long}\nb`)).toEqual(['a', long, 'b']);
});

test('a line above the limit is an error, whether or not it ends', () => {
  expect(() => linesOf('x'.repeat(600_000), 500_000)).toThrowCode('KIT_LINE_TOO_LONG');
  expect(() => linesOf(`${'x'.repeat(600_000)}\n`, 500_000)).toThrowCode('KIT_LINE_TOO_LONG');
});

test('an endless text is an error before it is read', () => {
  const endless = { size: 2 ** 40, read: () => new Uint8Array(0) };
  expect(() => [...readLines(endless)]).toThrowCode('KIT_TEXT_TOO_LONG');
});
