import { describe, expect, test } from 'vitest';
import { testAscending } from '../../../testkit/version-order.ts';
import { pep440Order } from './order.ts';

describe('the order of PEP 440', () => {
  testAscending(pep440Order, [
    '0.9',
    '1.0.dev456',
    '1.0a1.dev1',
    ['1.0a1', '1.0-alpha1', '1.0.ALPHA.1', 'v1.0a1'],
    '1.0a2.dev456',
    '1.0a12',
    '1.0b1.dev456',
    '1.0b2.post345.dev456',
    '1.0b2.post345',
    ['1.0rc1', '1.0c1', '1.0-pre1'],
    ['1.0', '1', '1.0.0', 'v1.0'],
    '1.0+abc.5',
    '1.0+abc.7',
    '1.0+abc.7.1',
    ['1.0+5', '1.0+005'],
    ['1.0.post1', '1.0-1', '1.0r1'],
    '1.0.post456.dev34',
    '1.0.15',
    '1.1.dev1',
    '1.10',
    '2022.6.15',
    '1!0.1',
  ]);
});

test.each(['', 'trunk', '0.1-bulbasaur', '1.0.beta.x', '1..0', '1.0+', '>=1'])('%j is no version', (text) => {
  expect(() => pep440Order.compare(text, '1')).toThrowCode('VERSION_INVALID');
});

describe('specifiers', () => {
  test.each([
    ['<1.5', '1.4.9', true],
    ['<1.5', '1.5rc1', true],
    ['<1.5', '1.5', false],
    ['<1.5', '1.4+local', true],
    ['<=1.5', '1.5+local', true],
    ['<=1.5', '1.5.post1', false],
    ['>1.5', '1.5.post1', false],
    ['>1.5', '1.5+local', false],
    ['>1.5', '1.6', true],
    ['>1.5.post1', '1.5.post2', true],
    ['>= 1.0 , < 2.0', '1.5', true],
    ['>=1.0 <2.0', '2.0', false],
    ['>=1.0,<1.1||>=2.0,<2.1', '2.0.5', true],
    ['=1.0', '1.0.0', true],
    ['1.0', '1.0+local', true],
    ['==1.0+local', '1.0', false],
    ['!=1.0', '1.0.0', false],
    ['===1.0', '1.0', true],
    ['~=1.4.2', '1.4.9', true],
    ['~=1.4.2', '1.5', false],
    ['~=1.4.2', '1.4.1', false],
    ['==1.4.*', '1.4.9', true],
    ['==1.4.*', '1.4', true],
    ['==1.4.*', '1.5a1', false],
    ['==1.4.*', '1!1.4', false],
    ['!=1.4.*', '1.5', true],
    ['*', '0.1.dev1', true],
    ['>=1!1.0', '2.0', false],
    ['>=1!1.0', '1!2.0', true],
    ['=0.1-bulbasaur', '0.1', false],
    ['==trunk', '1.0', false],
  ])('%j against %s is %j', (range, version, holds) => {
    expect(pep440Order.satisfies(version, range)).toBe(holds);
  });

  test.each(['', '<2019-09-12x', '<trunk', 'trunk', '>=', '~=1', '~=1.*', '<1.*', '>*', '==1.0a1.*', '==x.*', '^1.0'])(
    '%j cannot be read',
    (range) => {
      expect(() => pep440Order.satisfies('1.0', range)).toThrowCode('VERSION_RANGE_INVALID');
    },
  );
});
