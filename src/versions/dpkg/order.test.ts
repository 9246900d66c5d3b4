import { describe, expect, test } from 'vitest';
import { testAscending } from '../../../testkit/version-order.ts';
import { dpkgOrder } from './order.ts';

describe('the order of deb-version(7)', () => {
  testAscending(dpkgOrder, [
    '1.0~~',
    '1.0~~a',
    '1.0~rc1-1',
    '1.0~rc2-1',
    ['1.0', '1.0-0', '0:1.0', '1.0-', '01.0'],
    '1.0-1~bpo12+1',
    '1.0-1',
    '1.0-1+b1',
    '1.0-1+deb12u2',
    '1.0-1+deb12u9',
    '1.0-1+deb12u10',
    '1.0-1.1',
    '1.0a-1',
    '1.0+dfsg-1',
    '1.0.1-1',
    '1.10-1',
    '1.99999999999999999999999999999998-1',
    '1.99999999999999999999999999999999-1',
    '2.0-1',
    ['1:0.1-1', '1:0.1-01'],
    '1:1.0-1',
    '10:0',
  ]);
});

test.each(['', 'a1', '1:a', ':1', 'x:1', '1.0 2', '1.0-1 2', '1.0/2', '-1', '1:-1', '1:2é'])(
  '%j is no version',
  (text) => {
    expect(() => dpkgOrder.compare(text, '1')).toThrowCode('VERSION_INVALID');
  },
);

test('letters come before other characters, and the last hyphen begins the revision', () => {
  expect(dpkgOrder.compare('1.a', '1.+')).toBeLessThan(0);
  expect(dpkgOrder.compare('1-2-3', '1-2-4')).toBeLessThan(0);
  expect(dpkgOrder.compare('1-10-1', '1-9-2')).toBeGreaterThan(0);
});
