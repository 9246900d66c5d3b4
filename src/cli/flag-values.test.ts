import { expect, test } from 'vitest';
import { readListFlag, readPairsFlag } from './flag-values.ts';

test.each([
  [
    ['a,b', 'c'],
    ['a', 'b', 'c'],
  ],
  [['sh -c "x"'], undefined],
  [['"a,b",c'], ['a,b', 'c']],
  [['"say ""hi""",'], ['say "hi"', '']],
  [[' a , b '], [' a ', ' b ']],
  [['a,,b'], ['a', '', 'b']],
  [[''], []],
  [['\n\na,b\nc'], ['a', 'b']],
  [['"a'], undefined],
  [['"a"b'], undefined],
])('a list: %j is %j', (texts, expected) => {
  const read = (): string[] => readListFlag(texts, 'crane mutate');
  if (expected === undefined) expect(read).toThrow(expect.objectContaining({ code: 'CLI_USAGE' }));
  else expect(read()).toEqual(expected);
});

test.each([
  [['a=1'], { a: '1' }],
  [['a=1,2'], { a: '1,2' }],
  [['a=1,b=2', 'c='], { a: '1', b: '2', c: '' }],
  [['"a=1"'], { a: '1' }],
  [['"a=1,2",b=x=y'], { a: '1,2', b: 'x=y' }],
  [['a=1', 'a=2'], { a: '2' }],
  [['a'], undefined],
  [['a=1,b=2,c'], undefined],
])('pairs: %j are %j', (texts, expected) => {
  const read = (): unknown => Object.fromEntries(readPairsFlag(texts, 'crane mutate'));
  if (expected === undefined) expect(read).toThrow(expect.objectContaining({ code: 'CLI_USAGE' }));
  else expect(read()).toEqual(expected);
});
