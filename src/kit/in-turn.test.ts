import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { makeTurns } from './in-turn.ts';

test('work of one key is done one after another, also after a failure; other keys do not wait', async () => {
  const inTurn = makeTurns();
  const seen: string[] = [];
  const work = (name: string) => async () => {
    seen.push(`${name} begins`);
    await turn();
    seen.push(`${name} ends`);
    return name;
  };
  const failing = inTurn('a', async () => {
    await work('first')();
    throw new RangeError('first failed');
  });
  const all = Promise.all([inTurn('a', work('second')), inTurn('b', work('other'))]);
  await expect(failing).rejects.toThrow('first failed');
  expect(await all).toEqual(['second', 'other']);
  expect(seen.indexOf('second begins')).toBeGreaterThan(seen.indexOf('first ends'));
  expect(seen.indexOf('other begins')).toBeLessThan(seen.indexOf('first ends'));
  expect(await inTurn('a', work('later'))).toBe('later');
});
