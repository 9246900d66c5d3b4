import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutToWidth, displayWidth } from './display-width.ts';

test.each([
  ['', 0],
  ['plain text', 10],
  ['naïve — dash', 12],
  ['cafe\u0301', 4],
  ['漢字', 4],
  ['ｆｕｌｌ', 8],
  ['한국어', 6],
  ['ひらがな', 8],
  ['❤️', 2],
  ['👩‍👩‍👧', 2],
  ['🇨🇭', 2],
  ['a\u200bb', 2],
])('%j takes %i columns', (text, width) => {
  expect(displayWidth(text)).toBe(width);
});

test.each([
  ['abcdef', 3, 3, ['abc', 'def']],
  ['abcdefg', 3, 3, ['abc', 'def', 'g']],
  ['abcdefg', 3, 4, ['abc', 'defg']],
  ['abcd', 3, 4, ['abcd']],
  ['漢字漢', 3, 3, ['漢', '字', '漢']],
  ['漢字', 1, 1, ['漢', '字']],
  ['e\u0301e\u0301', 1, 1, ['e\u0301', 'e\u0301']],
  ['ab', 5, 5, ['ab']],
  ['', 5, 5, []],
] as const)('%j cut to %i columns, %i at the end', (text, columns, last, pieces) => {
  expect(cutToWidth(text, columns, last)).toEqual(pieces);
});

test('nothing is lost, and no piece is too wide', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), fc.integer({ min: 2, max: 9 }), (text, columns) => {
      const pieces = cutToWidth(text, columns, columns + 1);
      expect(pieces.join('')).toBe(text);
      expect(pieces.slice(0, -1).every((piece) => displayWidth(piece) <= columns)).toBe(true);
      expect(displayWidth(pieces.at(-1) ?? '')).toBeLessThanOrEqual(columns + 1);
    }),
  );
});
