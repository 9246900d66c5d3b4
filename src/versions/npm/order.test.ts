import { describe, expect, test } from 'vitest';
import { testAscending } from '../../../testkit/version-order.ts';
import { npmOrder } from './order.ts';

describe('the order of semantic versions', () => {
  testAscending(npmOrder, [
    '0.0.1',
    '1.0.0-0',
    '1.0.0-alpha',
    '1.0.0-alpha.1',
    '1.0.0-alpha.beta',
    '1.0.0-beta.2',
    '1.0.0-beta.11',
    ['1.0.0', 'v1.0.0', '=1.0.0', '1.0.0+build.5', '01.0.00'],
    '1.2.0',
    '1.10.0',
  ]);
});

test.each(['', '1', '1.2', 'latest', '1.2.3.4', '1.2.x', 'git+ssh://host/x'])('%j is no version', (text) => {
  expect(() => npmOrder.compare(text, '1.0.0')).toThrowCode('VERSION_INVALID');
});

describe('ranges', () => {
  test.each([
    ['<1.2.3', ['1.2.2', '0.0.0'], ['1.2.3', '1.2.4', '1.2.2-rc.1', '1.2.3-rc.1']],
    ['<= 1.2.3', ['1.2.3', '1.2.3+build'], ['1.2.4']],
    ['=<1.2.3', ['1.2.3'], ['1.2.4']],
    ['=> 1.2.3', ['1.2.3', '2.0.0'], ['1.2.2']],
    ['>1.2.3', ['1.2.4'], ['1.2.3', '1.3.0-rc.1']],
    ['1.2.3', ['1.2.3'], ['1.2.4', '1.2.3-rc.1']],
    ['== v1.2.3', ['1.2.3'], ['1.2.4']],
    ['>=1.0.0, <1.5.0', ['1.0.0', '1.4.9'], ['0.9.9', '1.5.0']],
    ['>=1.0.0 <1.5.0||>=2.0.0 <2.1.0', ['1.2.0', '2.0.5'], ['1.5.0', '2.1.0']],
    ['>= 1.0.0 , < 1.5.0 || >= 2.0.0, < 2.1.0', ['1.2.0', '2.0.5'], ['1.5.0', '2.1.0']],
    ['>=1.0.0<1.5.0', ['1.2.0'], ['1.5.0']],
    ['', ['0.0.1', '9.9.9', '1.0.0-rc.1'], []],
    ['*', ['0.0.1', '9.9.9'], ['1.0.0-rc.1']],
    ['1', ['1.0.0', '1.9.9'], ['2.0.0', '0.9.9']],
    ['1.x', ['1.0.0', '1.9.9'], ['2.0.0']],
    ['1.2.*', ['1.2.0', '1.2.9'], ['1.3.0']],
    ['<1.2', ['1.1.9'], ['1.2.0']],
    ['<=1.2', ['1.2.9'], ['1.3.0']],
    ['>1.2', ['1.3.0'], ['1.2.9']],
    ['>=1.2', ['1.2.0'], ['1.1.9']],
    ['~1.2.3', ['1.2.3', '1.2.9'], ['1.2.2', '1.3.0']],
    ['~1.2', ['1.2.0', '1.2.9'], ['1.3.0']],
    ['~> 1.2', ['1.2.0'], ['1.3.0']],
    ['~1', ['1.0.0', '1.9.9'], ['2.0.0']],
    ['~*', ['0.1.0', '9.0.0'], []],
    ['^1.2.3', ['1.2.3', '1.9.9'], ['1.2.2', '2.0.0']],
    ['^0.2.3', ['0.2.3', '0.2.9'], ['0.3.0']],
    ['^0.0.3', ['0.0.3'], ['0.0.4']],
    ['^0.0', ['0.0.9'], ['0.1.0']],
    ['^0', ['0.9.9'], ['1.0.0']],
  ])('%j holds for %j and not for %j', (range, inside, outside) => {
    for (const version of inside)
      expect({ version, holds: npmOrder.satisfies(version, range) }).toEqual({ version, holds: true });
    for (const version of outside)
      expect({ version, holds: npmOrder.satisfies(version, range) }).toEqual({ version, holds: false });
  });

  test.each([
    ['>=1.6.0-alpha.1 <1.6.0', '1.6.0-beta', false],
    ['>=1.6.0-alpha.1', '1.6.0-beta', true],
    ['>=1.6.0-alpha.1', '1.6.0-alpha.0', false],
    ['>=1.6.0-alpha.1', '1.7.0-beta', false],
    ['>=1.6.0-alpha.1 <1.6.0-rc.1', '1.6.0-beta', true],
    ['>=1.6.0-alpha.1 <1.6.1-rc.1', '1.6.0', true],
    ['>=1.6.0-alpha.1 <1.6.1-rc.1', '1.6.0-beta', false],
    ['<1.6.1-rc.1', '1.6.1', false],
    ['=1.6.1-rc.1', '1.6.1-rc.1', true],
    ['~1.2.3-beta.2', '1.2.3-beta.4', true],
    ['~1.2.3-beta.2', '1.2.4-beta.2', false],
    ['^1.2.3-beta.2', '1.2.3-beta.1', false],
    ['^1.2.3-beta.2', '1.9.0', true],
    ['>=1.x-beta', '1.2.3', false],
  ])('pre-releases: %j against %s is %j', (range, version, holds) => {
    expect(npmOrder.satisfies(version, range)).toBe(holds);
  });

  test.each(['!=1.2.3', '1.2.3 - 2.0.0', '<1.2.3.4', 'latest', '>=', '[1.0.0,2.0.0)', '<<1.0.0'])(
    '%j cannot be read',
    (range) => {
      expect(() => npmOrder.satisfies('1.0.0', range)).toThrowCode('VERSION_RANGE_INVALID');
    },
  );
});
