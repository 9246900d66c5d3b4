import { expect, test } from 'vitest';
import { pinText } from '../../../../testkit/pin.ts';
import { findSites } from './find.ts';

const service = (lines: string): string => `services:\n  web:\n${lines}`;

test.each([
  ['    image: a:1\n', '    image: a:1@PIN\n'],
  ['    image:   "a:1"   # why\r\n', '    image:   "a:1@PIN"   # why\r\n'],
  ["    image: 'a'\n", "    image: 'a:latest@PIN'\n"],
  ['    build: .\n    image: own:1\n', '    build: .\n    image: own:1\n'],
  [
    '    build:\n      additional_contexts:\n        base: docker-image://a:1\n        src: ../x\n',
    '    build:\n      additional_contexts:\n        base: docker-image://a:1@PIN\n        src: ../x\n',
  ],
  [
    '    build:\n      additional_contexts: ["base=docker-image://a:1"]\n',
    '    build:\n      additional_contexts: ["base=docker-image://a:1@PIN"]\n',
  ],
  ['    image:\n    command: [image, "a:1"]\n', '    image:\n    command: [image, "a:1"]\n'],
])('%j', (lines, expected) => {
  expect(pinText(findSites, service(lines))).toEqual({ text: service(expected), open: [] });
});

test('anchors and merge keys are pinned where they stand', () => {
  const text = [
    'x-base: &base {image: a:1, restart: always}',
    'services:',
    '  one: {<<: *base}',
    '  two:',
    '    <<: [*base]',
    '  three: {image: &b b:1}',
    '  four: {image: *b}',
    '',
  ].join('\n');
  const expected = text.replace('a:1', 'a:1@PIN').replace('b:1', 'b:1@PIN');
  expect(pinText(findSites, text)).toEqual({ text: expected, open: [] });
});

test.each([
  ['    image: a:${TAG:-1}\n', 'services.web.image: a variable decides it'],
  ['    image: "a\\u003a1"\n', 'services.web.image: it is written with escapes or over several lines'],
  ['    image: >-\n      a:1\n', 'services.web.image: it is written with escapes or over several lines'],
  [
    '    image: A:1\n',
    'services.web.image: it is no image reference: a repository has lower-case letters, digits and . _ - between them, in parts separated by /',
  ],
  [
    '    build:\n      dockerfile_inline: |\n        FROM a:1\n',
    'services.web.build.dockerfile_inline: a Dockerfile inside a compose file is not read',
  ],
])('%j is not pinnable', (lines, reason) => {
  expect(pinText(findSites, service(lines))).toEqual({ text: service(lines), open: [reason] });
});

test('what is no YAML is refused, with the line', () => {
  expect(() => findSites('services:\n  a: [\n', { paths: {} })).toThrow(/at line 3$/);
  for (const text of ['services: [', `a: ${'['.repeat(100_000)}`]) {
    expect(() => findSites(text, { paths: {} })).toThrow(expect.objectContaining({ code: 'PIN_FILE_INVALID' }));
  }
});
