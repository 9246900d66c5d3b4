import { expect, test } from 'vitest';
import { makeOrder } from './order.ts';

const numbers = makeOrder({
  scheme: 'numbers',
  parse: (text) => (/^\d+$/.test(text) ? { value: Number(text) } : undefined),
  compare: (a, b) => a.value - b.value,
});

test.each([
  ['<5', '4', true],
  ['=<5', '5', true],
  ['=>5', '4', false],
  ['>=1,<3', '2', true],
  ['>=1 <3', '3', false],
  ['>= 1 , < 3', '2', true],
  ['>=1<3', '2', true],
  ['5', '5', true],
  ['== 5', '5', true],
  ['!=5', '5', false],
  ['>1 || <0', '2', true],
  ['<1||>5||=3', '3', true],
  ['<1||>5||=3', '4', false],
])('%j against %s is %j', (range, version, holds) => {
  expect(numbers.satisfies(version, range)).toBe(holds);
});

test.each(['', ' ', '||', '>1 ||', '>', '> , 1', '~1', '1 x', '<1 >', '!'])('%j cannot be read', (range) => {
  expect(() => numbers.satisfies('1', range)).toThrowCode('VERSION_RANGE_INVALID');
});

test('what is too long is not looked at, and messages stay short', () => {
  const digits = '1'.repeat(513);
  expect(() => numbers.compare('1', digits)).toThrowCode('VERSION_INVALID');
  expect(() => numbers.satisfies('1', `>=${'1 '.repeat(40_000)}`)).toThrowCode('VERSION_RANGE_INVALID');
  expect(() => numbers.compare('1', digits)).toThrow(/^.{0,200}$/);
});

test('an invalid version is told apart from an invalid range', () => {
  expect(() => numbers.satisfies('x', '>1')).toThrowCode('VERSION_INVALID');
  expect(() => numbers.satisfies('1', '>x')).toThrowCode('VERSION_RANGE_INVALID');
  expect(() => numbers.satisfies('x', '>x')).toThrowCode('VERSION_INVALID');
});
