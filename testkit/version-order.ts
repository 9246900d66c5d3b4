import { expect, test } from 'vitest';
import type { VersionOrder } from '../src/versions/index.ts';

/** Tests that the texts, each a version or several equal ones, stand from low to high: each is compared to all, both ways. */
export function testAscending(order: VersionOrder, steps: readonly (string | readonly string[])[]): void {
  const ranked = steps.flatMap((step, rank) =>
    (typeof step === 'string' ? [step] : step).map((text) => ({ text, rank })),
  );
  test.each(ranked)('$text', ({ text, rank }) => {
    const found = ranked.map((other) => ({ other: other.text, sign: signOf(order.compare(text, other.text)) }));
    expect(found).toEqual(ranked.map((other) => ({ other: other.text, sign: signOf(rank - other.rank) })));
  });
}

function signOf(number: number): 'before' | 'equal' | 'after' {
  return number < 0 ? 'before' : number > 0 ? 'after' : 'equal';
}
