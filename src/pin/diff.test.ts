import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toDiff } from './diff.ts';

const lines = (count: number, change: Readonly<Record<number, string>> = {}): string =>
  Array.from({ length: count }, (_, index) => `${change[index] ?? index}\n`).join('');

test('changes that are near share a hunk, those far apart do not', () => {
  const after = lines(30, { 1: 'b', 2: 'c', 8: 'i', 25: 'z' });
  expect(toDiff('x', lines(30), after)).toBe(
    [
      '--- a/x\n+++ b/x\n@@ -1,12 +1,12 @@\n 0\n-1\n-2\n+b\n+c\n 3\n 4\n 5\n 6\n 7\n-8\n+i\n 9\n 10\n 11\n',
      '@@ -23,7 +23,7 @@\n 22\n 23\n 24\n-25\n+z\n 26\n 27\n 28\n',
    ].join(''),
  );
});

test('a last line without an end is told as such', () => {
  expect(toDiff('x', 'a\nb', 'a\nc')).toBe(
    '--- a/x\n+++ b/x\n@@ -1,2 +1,2 @@\n a\n-b\n\\ No newline at end of file\n+c\n\\ No newline at end of file\n',
  );
});

test.each([
  ['./a/b', 'a/a/b'],
  ['my file', 'a/my file\t'],
  ['a"b', '"a/a\\"b"'],
  ['a\nb', '"a/a\\nb"'],
])('the name %j is written as %j', (name, expected) => {
  expect(toDiff(name, 'a\n', 'b\n').split('\n')[0]).toBe(`--- ${expected}`);
});

/** Applies the hunks to the text, as patch does. */
function apply(text: string, diff: string): string {
  const old = text.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  let at = 0;
  let result = '';
  const parts = diff.replaceAll('\n\\ No newline at end of file\n', '\0').match(/[^\n\0]*[\n\0]/g) ?? [];
  for (const part of parts.slice(2)) {
    const line = part.slice(1).replace('\0', '');
    const start = /^@@ -(\d+)/.exec(part)?.[1];
    if (start !== undefined) {
      for (; at < Number(start) - 1; at++) result += old[at];
    } else if (part.startsWith('+')) result += line;
    else {
      expect(old[at]).toBe(line);
      if (part.startsWith(' ')) result += line;
      at++;
    }
  }
  return result + old.slice(at).join('');
}

test('applied, a diff makes the one text of the other', () => {
  const word = fc.constantFrom('a', 'b', '@@', '-', '+', '\\', 'x\r', '');
  const pair = fc.array(fc.tuple(word, fc.option(word)), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(pair, fc.boolean(), (rows, ends) => {
      const text = (index: 0 | 1): string =>
        rows.map((row) => row[index] ?? row[0]).join('\n') + (ends || rows.at(-1)?.includes('') ? '\n' : '');
      expect(apply(text(0), toDiff('x', text(0), text(1)))).toBe(text(1));
    }),
  );
});
