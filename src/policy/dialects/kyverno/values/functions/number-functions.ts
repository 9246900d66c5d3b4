import { type FunctionTable, list, number } from './function.ts';

/** Functions of numbers, by Kyverno's names. */
export const numberFunctions: FunctionTable = {
  add: (args) => number(args, 0) + number(args, 1),
  sum: (args) => {
    const items = list(args, 0);
    return items.reduce<number>((total, _, index) => total + number(items, index), 0);
  },
  subtract: (args) => number(args, 0) - number(args, 1),
  multiply: (args) => number(args, 0) * number(args, 1),
  divide: (args) => number(args, 0) / divisor(args),
  modulo: (args) => number(args, 0) % divisor(args),
  round: (args) => {
    const factor = 10 ** number(args, 1);
    return Math.round(number(args, 0) * factor) / factor;
  },
};

function divisor(args: readonly unknown[]): number {
  const value = number(args, 1);
  if (value === 0) throw new RangeError('nothing is divided by 0');
  return value;
}
