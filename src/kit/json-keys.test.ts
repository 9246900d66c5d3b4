import { expect, test } from 'vitest';
import { repeatsKeys } from './json-keys.ts';

test.each([
  ['{}', false],
  ['[1,{"a":1},{"a":2}]', false],
  ['{"a":{"a":1},"b":[{"a":":"}]}', false],
  ['{"a\\":":1,"\\\\":2,"":3}', false],
  ['{"a":1,"a":1}', true],
  ['{"a":1,"\\u0061":2}', true],
  ['[{"x":{"__proto__":1,"__proto__":2}}]', true],
  ['{"__proto__":{"a":1},"constructor":2}', false],
  ['"a:b"', false],
])('%s', (text, repeats) => {
  expect(repeatsKeys(text, JSON.parse(text))).toBe(repeats);
});
