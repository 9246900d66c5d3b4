import { describe, expect, test } from 'vitest';
import { testAscending } from '../../../testkit/version-order.ts';
import { goOrder } from './order.ts';

describe('the order of module versions', () => {
  testAscending(goOrder, [
    ['0', 'v0.0.0'],
    '0.17.0-1',
    '0.17.0-rc1',
    '0.17.0-rc1.0.20230101000000-abcdefabcdef',
    '0.17.0',
    'v1.0.0-0.20200101000000-abcdefabcdef',
    'v1.0.0-0.20210101000000-aaaaaaaaaaaa',
    '1.0-alpha',
    '1.0beta.2',
    '1.0beta.11',
    '1.0beta.x',
    ['1', '1.0', 'v1.0.0', '1.0.0.0', '1.0.0+incompatible', '1.0.0+meta'],
    '1.0.0.1',
    '1.1',
    '1.18446744073709551616',
    '1.18446744073709551617',
    'v2.0.0-20200101000000-abcdefabcdef+incompatible',
    'v2.0.0+incompatible',
  ]);
});

test.each(['', '(devel)', 'v', 'master', '1.', '1.0-', '1..0', '1.0+', '1.0 2', '>=1'])('%j is no version', (text) => {
  expect(() => goOrder.compare(text, '1')).toThrowCode('VERSION_INVALID');
});

describe('ranges', () => {
  test.each([
    ['>=0', '0.0.0-20200101000000-abcdefabcdef', false],
    ['>=0', '0.0.1', true],
    ['<0.0.0-20201216223049-8b5274cf687f', 'v0.0.0-20200622213623-75b288015ac9', true],
    ['<0.0.0-20201216223049-8b5274cf687f', '0.0.0', false],
    ['>=1.0.0, <1.2.0', 'v1.1.0', true],
    ['>= 1.0.0 < 1.2.0 || = 3.0', '3.0.0', true],
    ['!=1.0', '1.0.0', false],
    ['2.0.0', '2.0.0+incompatible', true],
    ['~1.2.3', '1.2.9', true],
    ['~1.2.3', '1.3.0', false],
    ['~1.2', '1.3', false],
    ['~1', '1.9', true],
    ['~>1.2', '1.9', true],
    ['~>1.2', '2.0', false],
    ['~>1.2.3', '1.3', false],
    ['~>2', '2.9', true],
    ['^1.2.3', '1.9', true],
    ['^1.2.3', '2', false],
    ['^0.2.3', '0.3', false],
    ['^0.0.3', '0.0.4', false],
    ['^0.0', '0.0.9', true],
    ['^0.0', '0.1', false],
  ])('%j against %s is %j', (range, version, holds) => {
    expect(goOrder.satisfies(version, range)).toBe(holds);
  });

  test.each(['', ' || >=1', 'latest', '>=', '^x', '^^1'])('%j cannot be read', (range) => {
    expect(() => goOrder.satisfies('1.0.0', range)).toThrowCode('VERSION_RANGE_INVALID');
  });
});
