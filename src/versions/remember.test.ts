import { expect, test } from 'vitest';
import { remember } from './remember.ts';

test('makes a value once, and forgets when there are too many', () => {
  const made: string[] = [];
  const get = remember((text) => {
    made.push(text);
    return { text };
  });
  expect(get('a')).toBe(get('a'));
  expect(made).toEqual(['a']);
  for (let index = 0; index < 20_000; index++) get(String(index));
  get('a');
  expect(made.filter((text) => text === 'a')).toHaveLength(2);
});

test('a failure is not remembered as a value', () => {
  let calls = 0;
  const get = remember(() => {
    calls++;
    if (calls === 1) throw new RangeError('first');
    return calls;
  });
  expect(() => get('a')).toThrow('first');
  expect(get('a')).toBe(2);
});
