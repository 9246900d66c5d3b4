import { expect, test } from 'vitest';
import type { AppError } from '../../core/index.ts';
import { memorySource } from '../../kit/memory-source.ts';
import { readParagraphs } from './index.ts';

function parse(text: string, onDamage = fail): Record<string, string>[] {
  const paragraphs = readParagraphs(memorySource(Buffer.from(text)), ['package', 'version', 'depends'], onDamage);
  return [...paragraphs].map((fields) => Object.fromEntries(fields));
}

function fail(error: AppError): void {
  throw error;
}

test('paragraphs are apart by empty lines, names have no case, other fields are left out', () => {
  expect(parse('Package: a\nSection: libs\n text\n\n\nPACKAGE: b \nVersion:1\n')).toEqual([
    { package: 'a' },
    { package: 'b', version: '1' },
  ]);
});

test('a value goes on in indented lines; a comment is no part of it', () => {
  expect(parse('Depends: a,\n# note\n\tb,\n c\nVersion: 2\n')).toEqual([{ depends: 'a, b, c', version: '2' }]);
});

test('of a field that comes twice the first counts', () => {
  expect(parse('Version: 1\n 2\nVersion: 3\n 4')).toEqual([{ version: '1 2' }]);
});

test.each([
  ['a line without a name', 'Package: a\nno name\n'],
  ['a colon first', ': a\n'],
  ['a name with a space', 'Pack age: a\n'],
  ['a continuation of nothing', ' a\n'],
  ['a continuation after an empty line', 'Package: a\n\n b\n'],
  ['bytes that are no text', 'Package: a\n\u0000\u0001\u0002:\n'],
])('%s is an error', (_, text) => {
  expect(() => parse(text)).toThrowCode('CODEC_DEB822_INVALID');
});

test('a damaged paragraph is left out, and told once', () => {
  const lines: unknown[] = [];
  const text = 'Package: a\n\nPackage: b\nrubbish\nmore rubbish\nVersion: 1\n\n c\nPackage: d\n\nPackage: e\n';
  expect(parse(text, ({ data }) => lines.push(data['line']))).toEqual([{ package: 'a' }, { package: 'e' }]);
  expect(lines).toEqual([4, 8]);
});

test('an endless value and an endless line are errors', () => {
  const line = ` ${'x'.repeat(60_000)}\n`;
  expect(() => parse(`Depends: a\n${line.repeat(20)}`)).toThrowCode('CODEC_LIMIT');
  expect(() => parse(`Depends: ${'x'.repeat(3_000_000)}`)).toThrowCode('KIT_LINE_TOO_LONG');
});
