import { expect, test } from 'vitest';
import { Budget } from './budget.ts';
import { once, onceForEach } from './memoize.ts';
import { memorySource, sliceSource } from './memory-source.ts';
import { nearest } from './nearest.ts';
import { mapPooled } from './pool.ts';
import { redact } from './redact.ts';
import { makeRegistry } from './registry.ts';

test('once makes its value at the first call, also when that is undefined', () => {
  let calls = 0;
  const get = once(() => {
    calls++;
    return undefined;
  });
  expect([get(), get(), calls]).toEqual([undefined, undefined, 1]);
});

test('onceForEach makes a value for each key', () => {
  const made: string[] = [];
  const get = onceForEach((key: string) => {
    made.push(key);
    return key === 'none' ? undefined : key;
  });
  expect([get('a'), get('a'), get('none'), get('none')]).toEqual(['a', 'a', undefined, undefined]);
  expect(made).toEqual(['a', 'none']);
});

test('mapPooled keeps the order of the items and the width', async () => {
  let running = 0;
  let most = 0;
  const results = await mapPooled([3, 1, 2, 5, 4], 2, async (item) => {
    most = Math.max(most, ++running);
    for (let turn = 0; turn < item; turn++) await Promise.resolve();
    running--;
    return item * 10;
  });
  expect(results).toEqual([30, 10, 20, 50, 40]);
  expect(most).toBe(2);
});

test('mapPooled rejects with the first failure', async () => {
  await expect(mapPooled([1, 2], 2, async (item) => Promise.reject(new RangeError(`${item}`)))).rejects.toThrow('1');
});

test('a budget lets takers wait until there is room', async () => {
  const budget = new Budget(10);
  const order: string[] = [];
  await budget.take(8);
  const waiting = budget.take(5).then(() => order.push('waited'));
  expect(budget.tryTake(3)).toBe(false);
  order.push('gave');
  budget.give(8);
  await waiting;
  expect(order).toEqual(['gave', 'waited']);
});

test('a taker that wants more than the whole budget gets it alone', async () => {
  const budget = new Budget(10);
  await budget.take(50);
  expect(budget.tryTake(1)).toBe(false);
  budget.give(50);
  expect(budget.tryTake(10)).toBe(true);
});

test.each([
  ['severty', ['severity', 'format'], 'severity'],
  ['exitcode', ['exit-code', 'exit-on-eol'], 'exit-code'],
  ['nothing-like-it', ['severity', 'format'], undefined],
  ['ab', ['abc', 'xyz'], 'abc'],
])('nearest(%j)', (word, candidates, expected) => {
  expect(nearest(word, candidates)).toBe(expected);
});

test.each([
  ['https://user:pa55@host/x', 'https://***@host/x'],
  ['Authorization: Bearer abc.def-ghi', 'Authorization: Bearer ***'],
  ['Basic dXNlcjpwYXNz', 'Basic ***'],
  ['https://h/x?token=abc&y=1', 'https://h/x?token=***&y=1'],
  ['https://h/x?X-Amz-Signature=abc', 'https://h/x?X-Amz-Signature=***'],
  ['nothing secret', 'nothing secret'],
])('redact(%j)', (text, expected) => {
  expect(redact(text)).toBe(expected);
});

test('a registry finds by id and refuses two of one id', () => {
  const registry = makeRegistry([{ id: 'a' }, { id: 'b' }]);
  expect([registry.get('b'), registry.get('c'), registry.all.length]).toEqual([{ id: 'b' }, undefined, 2]);
  expect(() => makeRegistry([{ id: 'a' }, { id: 'a' }])).toThrow(RangeError);
});

test('sources read what is inside and refuse the rest', () => {
  const source = sliceSource(memorySource(Uint8Array.of(1, 2, 3, 4)), 1, 2);
  expect([...source.read(0, 2)]).toEqual([2, 3]);
  expect(() => source.read(1, 2)).toThrowCode('CORE_READ_PAST_END');
  expect(() => sliceSource(source, 1, 5)).toThrowCode('CORE_READ_PAST_END');
});
