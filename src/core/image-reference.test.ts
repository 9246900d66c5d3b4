import fc from 'fast-check';
import { expect, test } from 'vitest';
import { familiarName, formatImageReference, parseImageReference } from './image-reference.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

test.each([
  ['alpine', 'docker.io/library/alpine', 'alpine'],
  ['alpine:3.18', 'docker.io/library/alpine:3.18', 'alpine'],
  ['org/app', 'docker.io/org/app', 'org/app'],
  ['docker.io/alpine', 'docker.io/library/alpine', 'alpine'],
  ['index.docker.io/library/alpine', 'docker.io/library/alpine', 'alpine'],
  ['ghcr.io/org/app:v1', 'ghcr.io/org/app:v1', 'ghcr.io/org/app'],
  ['localhost/app', 'localhost/app', 'localhost/app'],
  ['localhost:5000/a/b/c:x', 'localhost:5000/a/b/c:x', 'localhost:5000/a/b/c'],
  ['127.0.0.1:5000/app', '127.0.0.1:5000/app', '127.0.0.1:5000/app'],
  ['[::1]:5000/app', '[::1]:5000/app', '[::1]:5000/app'],
  [`app@${digest}`, `docker.io/library/app@${digest}`, 'app'],
  [`ghcr.io/o/app:v1@${digest}`, `ghcr.io/o/app:v1@${digest}`, 'ghcr.io/o/app'],
  ['o__r/a--b', 'docker.io/o__r/a--b', 'o__r/a--b'],
])('%s is %s', (text, full, familiar) => {
  const reference = parseImageReference(text);
  expect(formatImageReference(reference)).toBe(full);
  expect(familiarName(reference)).toBe(familiar);
});

test.each([
  '',
  ':tag',
  'App',
  'a//b',
  'a/',
  '/a',
  'a:',
  'a:b:c/d',
  'a b',
  'a@sha256:short',
  'a@',
  `a:${'t'.repeat(129)}`,
  `registry.example/${'a'.repeat(256)}`,
  'registry_example.com/a:x',
  'a..b/c.d/e:-',
])('%j is no reference', (text) => {
  expect(() => parseImageReference(text)).toThrowCode('CORE_REFERENCE_INVALID');
});

test('a formatted reference parses to itself', () => {
  const part = fc.stringMatching(/^[a-z0-9]{1,8}$/);
  const reference = fc.record({
    registry: fc.constantFrom('ghcr.io', 'localhost:5000', 'docker.io'),
    repository: fc.array(part, { minLength: 2, maxLength: 4 }).map((parts) => parts.join('/')),
    tag: fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,20}$/),
  });
  fc.assert(
    fc.property(reference, (value) => {
      expect(parseImageReference(formatImageReference(value))).toEqual(value);
    }),
  );
});

test('whatever the text, the answer is a reference or a coded error', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
      try {
        parseImageReference(text);
      } catch (error) {
        expect(error).toMatchObject({ code: 'CORE_REFERENCE_INVALID' });
      }
    }),
  );
});
