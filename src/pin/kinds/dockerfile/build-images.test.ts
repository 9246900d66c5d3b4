import { expect, test } from 'vitest';
import { buildImages } from './build-images.ts';

const images = (text: string, variables = {}): readonly string[] => buildImages(text, variables).images;

test('images of stages, of what is copied and of what is mounted, but no stages', () => {
  const text = [
    'FROM --platform=linux/amd64 golang:1 AS Build',
    'RUN --mount=type=bind,from=tools:2,target=/t make',
    'from build as test',
    'FROM scratch',
    'COPY --from=build /a /a',
    'COPY --from=0 /a /b',
    'COPY --from=scratch / /',
    'COPY --from=busybox:1 /c \\',
    '  /c',
  ].join('\n');
  expect(buildImages(text, {})).toEqual({
    images: ['golang:1', 'tools:2', 'busybox:1'],
    base: 'golang:1',
    ignored: ['build', 'scratch'],
  });
});

test('the base is what the last stage comes from in the end, not what it copies from', () => {
  expect(buildImages('FROM a AS one\nFROM b AS two\nFROM one\nCOPY --from=c / /', {}).base).toBe('a');
});

test.each([
  ['ARG V=1\nFROM app:$V', 'app:1'],
  ['ARG V="1"\nARG W=$V-slim\nFROM app:${W}', 'app:1-slim'],
  ['ARG V\nFROM app:$V', 'app:given'],
  ['FROM app:${V}', 'app:given'],
  ['FROM app:${X:-2}', 'app:2'],
  ['ARG X=\nFROM app:1${X-2}', 'app:1'],
  ['FROM app:${V:+3}', 'app:3'],
  ['FROM "app:1"', 'app:1'],
  ['FROM \\\n  app:1', 'app:1'],
  ['ARG UNUSED=$NOWHERE\nFROM app:1', 'app:1'],
])('variables have the values of the file, then those given: %j', (text, image) => {
  expect(images(text, { V: 'given' })).toEqual([image]);
});

test('what a stage sets decides no FROM, as the builder has it', () => {
  expect(images('ARG B=first\nFROM $B\nENV B=second\nARG B=third\nFROM $B')).toEqual(['first', 'first']);
});

test('what is in a here-document is no instruction', () => {
  expect(images('FROM a\nRUN <<EOF\nFROM b\nEOF\n')).toEqual(['a']);
});

test.each([
  'FROM $NOWHERE',
  'ARG A=$NOWHERE\nFROM $A',
  'FROM ${A#b}',
  'FROM a\\\\b',
  'FROM a b',
  'FROM a AS',
  'FROM',
  'FROM a\nCOPY --from= /a /a',
  `FROM ${'a'.repeat(5000)}`,
  `ARG A=${'a'.repeat(3000)}\nFROM $A$A`,
])('an image that cannot be told is an error: %.40j', (text) => {
  expect(() => images(text)).toThrow(expect.objectContaining({ code: 'PIN_IMAGE_UNKNOWN' }));
});
