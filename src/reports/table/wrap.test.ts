import fc from 'fast-check';
import { expect, test } from 'vitest';
import { displayWidth } from '../../kit/display-width.ts';
import { wrapText } from './wrap.ts';

test.each([
  ['fits', 'one two', 7, ['one two']],
  ['breaks between words', 'one two three', 8, ['one two', 'three']],
  ['spaces are not kept', '  one   two ', 20, ['one two']],
  ['a word as long as a line', 'a abcdefgh b', 8, ['a', 'abcdefgh', 'b']],
  ['a longer word is broken', 'ab abcdefghijk', 8, ['ab', 'abcdefg-', 'hijk']],
  ['behind a broken word the line goes on', 'abcdefghij kl', 8, ['abcdefg-', 'hij kl']],
  ['line breaks are kept', 'one\ntwo\n\nthree', 20, ['one', 'two', '', 'three']],
  ['nothing is one empty line', '', 20, ['']],
  ['wide characters', '漢字 漢字漢字', 6, ['漢字', '漢字-', '漢字']],
])('%s', (_, text, width, lines) => {
  expect(wrapText(text, { width, hyphenate: true })).toEqual(lines);
});

test('without hyphens the parts of a broken word make up the word', () => {
  expect(wrapText('https://example.com/a', { width: 8, hyphenate: false })).toEqual(['https://', 'example.', 'com/a']);
});

test('no line is wider than asked for, and no character is lost', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 3, max: 20 }), (text, width) => {
      const lines = wrapText(text, { width, hyphenate: false });
      expect(lines.every((line) => displayWidth(line) <= width)).toBe(true);
      expect(lines.join('').replaceAll(' ', '')).toBe(text.replace(/[ \n]/g, ''));
    }),
  );
});
