import { expect, test } from 'vitest';
import { pinText } from '../../../../testkit/pin.ts';
import { findSites } from './find.ts';

test('the image by tag and digest, features by digest with their version in a comment', () => {
  const text = `{
  // base
  "image": "mcr.example.com/base:1", /* keep */
  "build": {"dockerfile": "Dockerfile"},
  "features": {
    "ghcr.io/x/features/go:1": {"version": "1.22"},
    "ghcr.io/x/features/node": {},
    "ghcr.io/x/features/git@sha256:${'b'.repeat(64)}" /* 2 */: {},
    "./local": {},
    "https://example.com/f.tgz": {},
    "old": {},
  },
}
`;
  const expected = text
    .replace('base:1', 'base:1@PIN')
    .replace('go:1"', 'go@PIN" /* 1 */')
    .replace('node"', 'node@PIN" /* latest */')
    .replace(`sha256:${'b'.repeat(64)}`, 'PIN');
  expect(pinText(findSites, text)).toEqual({ text: expected, open: [] });
});

test.each([
  ['{"image": "a:\\u0031"}', 'image: it is written with escapes or over several lines'],
  ['{"image": "a:${localEnv:TAG}"}', 'image: a variable decides it'],
  ['{"features": {"r.io/a/b:${x}": {}}}', 'features r.io/a/b: a variable decides it'],
])('%s is not pinnable', (text, reason) => {
  expect(pinText(findSites, text)).toEqual({ text, open: [reason] });
});

test.each(['', '{"image": ', '[', '{"a" 1}', '['.repeat(100_000)])('%# is refused', (text) => {
  expect(() => findSites(text, { paths: {} })).toThrow(expect.objectContaining({ code: 'PIN_FILE_INVALID' }));
});
