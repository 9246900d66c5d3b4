import { expect, test } from 'vitest';
import { gatherText } from './gather-text.ts';

test('small pieces are joined, nothing is lost', () => {
  const pieces = Array.from({ length: 10_000 }, (_, index) => `${index},`.repeat(20));
  const gathered = [...gatherText(pieces)];
  expect(gathered.join('')).toBe(pieces.join(''));
  expect(gathered.length).toBeLessThan(10);
});

test('nothing has no pieces', () => {
  expect([...gatherText(['', ''])]).toEqual([]);
});

test('bytes stay where they are, and as they are', () => {
  const bytes = Uint8Array.of(1, 2);
  expect([...gatherText(['a', 'b', bytes, bytes, 'c'])]).toEqual(['ab', bytes, bytes, 'c']);
});
