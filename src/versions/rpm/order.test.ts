import { describe, expect, test } from 'vitest';
import { testAscending } from '../../../testkit/version-order.ts';
import { rpmOrder } from './order.ts';

describe('the order of rpm-version(7)', () => {
  testAscending(rpmOrder, [
    '1.0~rc1-1.el9',
    '1.0~rc1^git1-1.el9',
    '1.0~rc2-1.el9',
    '1.0',
    '1.0-1~beta.el9',
    ['1.0-1.el9', '0:1.0-1.el9', '1.0-1_el9', '1_0-1.el9', '01.0-1.el9'],
    '1.0-1.el9_2',
    '1.0-1.el9_2.1',
    '1.0-1.el9_10',
    '1.0-1.1.el9',
    '1.0-10.el9',
    '1.0^20230101-1.el9',
    '1.0^20230101^git1-1.el9',
    '1.0a-1.el9',
    '1.0.a-1.el9.x',
    '1.0.1-1.el9',
    '1.10-1.el9',
    '1.99999999999999999999999999999998-1',
    '1.99999999999999999999999999999999-1',
    '1:0.1-1.el9',
    '2:0.1-1.module+el9.2.0+14765+8c0d6a3d',
    '2:0.1-1.module+el9.2.1+99999+abcdef01',
  ]);
});

test.each(['', '   ', '-1', 'a:1-1', '1:'])('%j is no version', (text) => {
  expect(() => rpmOrder.compare(text, '1')).toThrowCode('VERSION_INVALID');
});

test.each([
  ['0:1.0-1', '1.0-1'],
  ['00:1.0', '1.0'],
  ['1:1.0-1', '1:1.0-1'],
  ['1.0-1', '1.0-1'],
])('reports show %s as %s', (stored, shown) => {
  expect(rpmOrder.normalize?.(stored)).toBe(shown);
});
