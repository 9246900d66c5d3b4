import { expect, test } from 'vitest';
import { lastUsed } from './lru.ts';

test('what was not asked for the longest is made again', () => {
  const made: string[] = [];
  const get = lastUsed(2, (key: string) => {
    made.push(key);
    return key.toUpperCase();
  });
  expect(['a', 'b', 'a', 'c', 'a', 'b'].map(get)).toEqual(['A', 'B', 'A', 'C', 'A', 'B']);
  expect(made).toEqual(['a', 'b', 'c', 'b']);
});

test('an undefined value is remembered too', () => {
  let calls = 0;
  const get = lastUsed(1, () => void calls++);
  get('a');
  get('a');
  expect(calls).toBe(1);
});
