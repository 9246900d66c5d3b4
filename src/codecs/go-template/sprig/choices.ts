import { isDeeplyEqual } from '../compare.ts';
import { atLeast, exactly, type TemplateFunction } from '../function.ts';
import { isTrue, kindOf, typeOf } from '../kind.ts';
import { callError } from '../position.ts';
import { toText } from './convert.ts';

/** Functions that choose between values, and tell of what type they are. */
export const choiceFunctions: readonly (readonly [string, TemplateFunction])[] = [
  [
    'default',
    {
      least: 1,
      most: 2,
      call: (args) => (args.values.length > 1 && isTrue(args.value(1)) ? args.value(1) : args.value(0)),
    },
  ],
  ['empty', exactly(1, (args) => !isTrue(args.value(0)))],
  ['coalesce', atLeast(0, (args) => args.values.find(isTrue))],
  ['ternary', exactly(3, (args) => (args.truth(2) ? args.value(0) : args.value(1)))],
  ['toString', exactly(1, (args) => toText(args.value(0)))],
  ['typeOf', exactly(1, (args) => typeOf(args.value(0)))],
  ['typeIs', exactly(2, (args) => typeOf(args.value(1)) === args.text(0))],
  ['typeIsLike', exactly(2, (args) => typeOf(args.value(1)) === args.text(0).replace(/^\*/, ''))],
  ['kindOf', exactly(1, (args) => kindOf(args.value(0)))],
  ['kindIs', exactly(2, (args) => kindOf(args.value(1)) === args.text(0))],
  ['deepEqual', exactly(2, (args) => isDeeplyEqual(args.value(0), args.value(1)))],
  [
    'fail',
    exactly(1, (args) => {
      throw callError(args.text(0));
    }),
  ],
  ['hello', exactly(0, () => 'Hello!')],
];
