import {
  type CelFunc,
  type CelInput,
  type CelList,
  CelScalar,
  type CelValue,
  celFunc,
  celMethod,
  isCelList,
} from '@bufbuild/cel';
import { anyList, fromCel } from '../values.ts';

const { BOOL, DYN, INT } = CelScalar;
const maxRange = 10_000;

/** Functions of lists and sets, as in Kubernetes and the extensions of cel-go. */
export const listFunctions: readonly CelFunc[] = [
  ofList('sum', (items) => items.reduce<CelValue>(plus, 0n)),
  ofList('min', (items) => atEdge(items, -1)),
  ofList('max', (items) => atEdge(items, 1)),
  ofList('isSorted', (items) => items.every((item, index) => index === 0 || order(items[index - 1], item) <= 0)),
  ofList('sort', (items) => items.toSorted(order)),
  ofList('distinct', (items) => distinct(items)),
  ofList('flatten', (items) => items.flatMap((item) => (isCelList(item) ? [...item] : [item]))),
  celMethod('indexOf', anyList, [DYN], INT, function (wanted) {
    return BigInt([...this].findIndex((item) => isSame(item, wanted)));
  }),
  celMethod('lastIndexOf', anyList, [DYN], INT, function (wanted) {
    return BigInt([...this].findLastIndex((item) => isSame(item, wanted)));
  }),
  celMethod('slice', anyList, [INT, INT], anyList, function (from, to) {
    return [...this].slice(Number(from), Number(to));
  }),
  celFunc('lists.range', [INT], anyList, (count) =>
    Array.from({ length: bounded(count) }, (_, index) => BigInt(index)),
  ),
  ofSets('contains', (all, some) => some.every((item) => all.some((other) => isSame(item, other)))),
  ofSets('intersects', (all, some) => some.some((item) => all.some((other) => isSame(item, other)))),
  ofSets('equivalent', (a, b) => {
    const within = (some: readonly CelValue[], all: readonly CelValue[]): boolean =>
      some.every((item) => all.some((other) => isSame(item, other)));
    return within(a, b) && within(b, a);
  }),
];

function ofList(name: string, run: (items: readonly CelValue[]) => CelInput): CelFunc {
  return celMethod(name, anyList, [], DYN, function (this: CelList) {
    return run([...this]);
  });
}

function ofSets(name: string, run: (a: readonly CelValue[], b: readonly CelValue[]) => boolean): CelFunc {
  return celFunc(`sets.${name}`, [anyList, anyList], BOOL, (a, b) => run([...a], [...b]));
}

function bounded(count: bigint): number {
  if (count < 0n || count > BigInt(maxRange)) throw new RangeError(`a range has at most ${maxRange} numbers`);
  return Number(count);
}

function plus(sum: CelValue, item: CelValue): CelValue {
  if (typeof item === 'bigint' && typeof sum === 'bigint') return sum + item;
  if (typeof item === 'number' && (typeof sum === 'number' || sum === 0n)) return Number(sum) + item;
  throw new TypeError('a list is none of numbers');
}

/** The least or the greatest of the items. */
export function atEdge(items: readonly CelValue[], sign: 1 | -1): CelValue {
  const [first, ...rest] = items;
  if (first === undefined) throw new RangeError('a list is empty');
  return rest.reduce((best, item) => (order(item, best) * sign > 0 ? item : best), first);
}

function order(a: CelValue | undefined, b: CelValue | undefined): number {
  const isNumber = (value: unknown): value is number | bigint => typeof value === 'number' || typeof value === 'bigint';
  if (isNumber(a) && isNumber(b)) return a < b ? -1 : a > b ? 1 : 0;
  if (typeof a === 'string' && typeof b === 'string') return Buffer.compare(Buffer.from(a), Buffer.from(b));
  throw new TypeError('values have no order');
}

function isSame(a: CelValue, b: CelValue): boolean {
  return textOf(a) === textOf(b);
}

function distinct(items: readonly CelValue[]): CelValue[] {
  return [...new Map(items.map((item) => [textOf(item), item])).values()];
}

function textOf(value: CelValue): string {
  return JSON.stringify(fromCel(value));
}
