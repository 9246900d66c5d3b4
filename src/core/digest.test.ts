import { expect, test } from 'vitest';
import { digestAlgorithm, digestHex, isDigest, parseDigest } from './digest.ts';

const hex = 'ab'.repeat(32);

test.each([
  [`sha256:${hex}`, true],
  [`sha512:${hex}${hex}`, true],
  [`sha384:${hex}${'ab'.repeat(16)}`, true],
  [`sha256:${hex.toUpperCase()}`, false],
  [`sha256:${hex}0`, false],
  [`sha256:${hex.slice(2)}`, false],
  [`md5:${hex}`, false],
  [hex, false],
  ['sha256:', false],
  ['constructor:x', false],
  ['', false],
])('isDigest(%j) is %j', (text, expected) => {
  expect(isDigest(text)).toBe(expected);
});

test('a digest splits into algorithm and hexadecimal part', () => {
  const digest = parseDigest(`sha256:${hex}`);
  expect([digestAlgorithm(digest), digestHex(digest)]).toEqual(['sha256', hex]);
});

test('what is no digest is refused with a code', () => {
  expect(() => parseDigest('sha256:xyz')).toThrowCode('CORE_DIGEST_INVALID');
});
