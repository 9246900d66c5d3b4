import { describe, expect, test } from 'vitest';
import { testAscending } from '../../../testkit/version-order.ts';
import { mavenOrder } from './order.ts';

describe('the order of ComparableVersion', () => {
  testAscending(mavenOrder, [
    '0.9',
    ['1-alpha', '1.0-alpha', '1.0.0-ALPHA'],
    ['1-alpha-1', '1.0a1', '1.0-alpha1'],
    '1-alpha-10',
    ['1.0-beta-9', '1.0b9', '1.0-beta9'],
    ['1.0-milestone-1', '1.0-M1', '1.0m1'],
    ['1.0-rc', '1.0-cr'],
    ['1.0-rc1', '1.0-RC-1', '1.0-CR1'],
    ['1.0-SNAPSHOT', '1-snapshot'],
    ['1', '1.0', '1.0.0', '1.0.Final', '1.0.GA', '1.0.RELEASE', '1-ga', '1.', '1-'],
    ['1.0-sp', '1-sp'],
    '1.0-sp1',
    '1.0-android',
    '1.0-jre',
    '1-1',
    '1.0.1',
    '1.0.1.1',
    '1.1-SNAPSHOT',
    '1.2',
    '1.10',
    '2.0-beta9',
    '2.0',
    '99999999999999999999999998',
    '99999999999999999999999999',
  ]);
});

test.each([
  ['4.1.60.Final', '4.1.61'],
  ['5.3.17', '5.3.17.SP1'],
  ['5.3.17.SP1', '5.3.18'],
  ['42.2.5', '42.2.5.jre7'],
  ['9999.0', '9999.0-empty-to-avoid-conflict'],
  ['1.0-20230101.120000-1', '1.0.1'],
])('%s is before %s', (a, b) => {
  expect(mavenOrder.compare(a, b)).toBeLessThan(0);
});

test.each(['', ' ', '$' + '{project.version}', '1,2', '[1.0]', '1 2', '<1'])('%j is no version', (text) => {
  expect(() => mavenOrder.compare(text, '1')).toThrowCode('VERSION_INVALID');
});

describe('ranges', () => {
  test.each([
    ['[1.0,2.0)', ['1.0', '1.9.9', '2.0-SNAPSHOT'], ['0.9', '2.0', '1.0-rc1']],
    ['(1.0,2.0]', ['1.0.1', '2.0'], ['1.0', '2.0.1']],
    ['(,1.3]', ['0.1', '1.3', '1.3.Final'], ['1.3.1']],
    ['[ 1.3 , )', ['1.3', '99'], ['1.2']],
    ['[1.5]', ['1.5', '1.5.0'], ['1.5.1']],
    ['[0.1,0.5],[4.0,4.1.61]', ['0.3', '4.1.60.Final'], ['1.0', '4.1.62']],
    ['[1,2) || >= 3, < 4', ['1.5', '3.1'], ['2', '4']],
    ['>= 2.0-beta9, < 2.9.11-rc2', ['2.0-rc1', '2.9.10', '2.9.11-rc1'], ['2.0-beta8', '2.9.11-rc2']],
    ['>=1.0 <2.0 || =3.0', ['1.5', '3.0.0'], ['2.0', '3.1']],
    ['< 1.29-alpha-1', ['1.28'], ['1.29-alpha-1', '1.29']],
    ['<= 2.9.10-SNAPSHOT', ['2.9.9'], ['2.9.10']],
    ['!= 1.0', ['1.1'], ['1.0.0']],
  ])('%j holds for %j and not for %j', (range, inside, outside) => {
    for (const version of inside)
      expect({ version, holds: mavenOrder.satisfies(version, range) }).toEqual({ version, holds: true });
    for (const version of outside)
      expect({ version, holds: mavenOrder.satisfies(version, range) }).toEqual({ version, holds: false });
  });

  test.each(['', '[1.0', '1.0]', '(1.0)', '[]', '[1,2,3]', '[1,2) x', '[1 2,3]', '>=', '~1.0'])(
    '%j cannot be read',
    (range) => {
      expect(() => mavenOrder.satisfies('1.0', range)).toThrowCode('VERSION_RANGE_INVALID');
    },
  );
});
