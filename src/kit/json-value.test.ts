import { expect, test } from 'vitest';
import { isObject, objectOf, objectsOf, textOf, textsOf } from './json-value.ts';

test.each([
  [{ a: 1 }, true],
  [[], false],
  [null, false],
  ['a', false],
])('%j is an object: %s', (value, expected) => {
  expect(isObject(value)).toBe(expected);
  expect(objectOf(value)).toEqual(expected ? value : {});
});

test('what is of another type, or empty text, is absent', () => {
  expect([textOf('a'), textOf(''), textOf(1)]).toEqual(['a', undefined, undefined]);
  expect(textsOf(['a', '', 1, 'b'])).toEqual(['a', 'b']);
  expect(objectsOf([{ a: 1 }, 'b', null])).toEqual([{ a: 1 }]);
  expect([textsOf('a'), objectsOf({})]).toEqual([[], []]);
});
