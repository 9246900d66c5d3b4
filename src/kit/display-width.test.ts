import { expect, test } from 'vitest';
import { displayWidth, splitAtWidth } from './display-width.ts';

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
  ['abcdef', 3, ['abc', 'def']],
  ['漢字漢', 3, ['漢', '字漢']],
  ['漢字', 1, ['漢', '字']],
  ['e\u0301e\u0301', 1, ['e\u0301', 'e\u0301']],
  ['ab', 5, ['ab', '']],
] as const)('%j splits at %i columns', (text, columns, parts) => {
  expect(splitAtWidth(text, columns)).toEqual(parts);
});
