import { sliceOf } from '../builtins.ts';
import { isDeeplyEqual } from '../compare.ts';
import { atLeast, exactly, type TemplateFunction } from '../function.ts';
import { isTrue } from '../kind.ts';
import { callError } from '../position.ts';
import type { Value } from '../value.ts';
import { boundedItems } from './bounds.ts';
import { toInteger, toTexts } from './convert.ts';

/** Functions of lists. */
export const listFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ['list', atLeast(0, (args) => args.values)],
  ['tuple', atLeast(0, (args) => args.values)],
  ['first', exactly(1, (args) => args.list(0)[0])],
  ['last', exactly(1, (args) => args.list(0).at(-1))],
  ['rest', exactly(1, (args) => args.list(0).slice(1))],
  ['initial', exactly(1, (args) => args.list(0).slice(0, -1))],
  ['reverse', exactly(1, (args) => args.list(0).toReversed())],
  ['append', exactly(2, (args) => [...args.list(0), args.value(1)])],
  ['push', exactly(2, (args) => [...args.list(0), args.value(1)])],
  ['prepend', exactly(2, (args) => [args.value(1), ...args.list(0)])],
  ['concat', atLeast(1, (args) => args.values.flatMap((_, index) => args.list(index)))],
  ['uniq', exactly(1, (args) => unique(args.list(0)))],
  ['without', atLeast(1, (args) => args.list(0).filter((item) => !includes(args.rest(1), item)))],
  ['has', exactly(2, (args) => args.value(1) !== undefined && includes(args.list(1), args.value(0)))],
  ['compact', exactly(1, (args) => args.list(0).filter(isTrue))],
  ['chunk', exactly(2, (args) => chunks(args.list(1), args.integer(0)))],
  [
    'slice',
    atLeast(1, (args) =>
      sliceOf(
        args.value(0),
        args.rest(1).map((value) => Number(toInteger(value))),
      ),
    ),
  ],
  ['toStrings', exactly(1, (args) => toTexts(args.value(0)))],
  ['until', exactly(1, (args) => steps(0, args.integer(0), args.integer(0) < 0 ? -1 : 1))],
  ['untilStep', exactly(3, (args) => steps(args.integer(0), args.integer(1), args.integer(2)))],
  ['all', atLeast(0, (args) => args.values.every(isTrue))],
  ['any', atLeast(0, (args) => args.values.some(isTrue))],
];

function includes(list: readonly Value[], wanted: Value): boolean {
  return list.some((item) => isDeeplyEqual(item, wanted));
}

function unique(list: readonly Value[]): Value[] {
  const scalars = new Set<Value>();
  const kept: Value[] = [];
  for (const item of list) {
    if (typeof item === 'object' ? includes(kept, item) : scalars.has(item)) continue;
    scalars.add(item);
    kept.push(item);
  }
  return kept;
}

function chunks(list: readonly Value[], size: number): Value[] {
  if (size < 1) throw callError('a chunk has at least one item');
  return Array.from({ length: Math.ceil(list.length / size) }, (_, index) =>
    list.slice(index * size, (index + 1) * size),
  );
}

function steps(start: number, stop: number, step: number): Value[] {
  const count = step === 0 ? 0 : Math.max(0, Math.ceil((stop - start) / step));
  boundedItems(count);
  return Array.from({ length: count }, (_, index) => BigInt(start + index * step));
}
