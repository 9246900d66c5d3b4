import { expect, test } from 'vitest';
import { assertInside } from './ports.ts';

test.each([
  [10, 0, 10, true],
  [10, 10, 0, true],
  [10, 5, 6, false],
  [10, -1, 2, false],
  [10, 0, -1, false],
  [10, Number.NaN, 1, false],
  [10, Number.MAX_SAFE_INTEGER, 2, false],
  [10, 0.5, 1, false],
])('of %d bytes, from %d, %d', (size, offset, length, inside) => {
  const check = (): void => assertInside(size, offset, length);
  if (inside) expect(check).not.toThrow();
  else expect(check).toThrowCode('CORE_READ_PAST_END');
});
