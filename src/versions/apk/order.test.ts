import { describe, expect, test } from 'vitest';
import { testAscending } from '../../../testkit/version-order.ts';
import { apkOrder } from './order.ts';

describe('the order of apk-tools', () => {
  testAscending(apkOrder, [
    '0',
    '0.9',
    '1_alpha',
    '1_alpha1',
    '1_beta',
    '1_pre2',
    '1_rc1-r5',
    '1_rc2_git20230101-r0',
    ['1', '1~abcdef'],
    ['1-r0', '1~0123ab-r0'],
    '1-r1',
    '1-r10',
    '1-r10-r0',
    '1_cvs1-r0',
    '1_svn1-r0',
    '1_git20230101-r0',
    '1_hg1-r0',
    '1_p-r0',
    '1_p1-r0',
    '1_p1_p1-r0',
    '1_p10-r0',
    '1a-r0',
    '1a2-r0',
    '1b-r0',
    '1.00-r0',
    '1.001-r0',
    '1.0-r0',
    '1.0.1-r0',
    '1.01-r0',
    '1.02-r0',
    '1.010-r0',
    '1.1-r0',
    '1.9-r0',
    '1.10-r0',
    '2-r0',
    '20230506-r0',
    '99999999999999999999999998-r0',
    '99999999999999999999999999-r0',
  ]);
});

test.each(['', 'a', '1.', '1..2', '1_foo', '1_p1.2', '6.4_p20230506.1-r0', '1-r', '1-x1', '1-1', '1ab', '1~xyz', 'v1'])(
  '%j is no version',
  (text) => {
    expect(() => apkOrder.compare(text, '1')).toThrowCode('VERSION_INVALID');
  },
);
