import { isEqual, order } from './compare.ts';
import { escapeHtml, escapeScript, escapeUrl } from './escape.ts';
import { atLeast, exactly, type FunctionMap, type TemplateFunction } from './function.ts';
import { isTrue, typeOf } from './kind.ts';
import { callError } from './position.ts';
import { printAll, printValue } from './print.ts';
import { printf } from './printf.ts';
import { isList, isMap, TypedMap, type Value } from './value.ts';

/** The functions of text/template itself; `and` and `or` are evaluated by the engine, which stops at the answer. */
export const builtins: FunctionMap = new Map<string, TemplateFunction>([
  ['not', exactly(1, (args) => !isTrue(args.value(0)))],
  ['eq', atLeast(2, (args) => args.rest(1).some((other) => isEqual(args.value(0), other)))],
  ['ne', exactly(2, (args) => !isEqual(args.value(0), args.value(1)))],
  ['lt', exactly(2, (args) => order(args.value(0), args.value(1)) < 0)],
  ['le', exactly(2, (args) => order(args.value(0), args.value(1)) <= 0)],
  ['gt', exactly(2, (args) => order(args.value(0), args.value(1)) > 0)],
  ['ge', exactly(2, (args) => order(args.value(0), args.value(1)) >= 0)],
  ['len', exactly(1, (args) => BigInt(lengthOf(args.value(0))))],
  ['index', atLeast(1, (args) => args.rest(1).reduce(itemOf, args.value(0)))],
  ['slice', atLeast(1, (args) => sliceOf(args.value(0), args.rest(1).map(toIndex)))],
  ['print', atLeast(0, (args) => printAll(args.values))],
  ['println', atLeast(0, (args) => `${args.values.map((value) => printValue(value)).join(' ')}\n`)],
  ['printf', atLeast(1, (args) => printf(args.text(0), args.rest(1)))],
  ['html', atLeast(0, (args) => escapeHtml(printAll(args.values)))],
  ['js', atLeast(0, (args) => escapeScript(printAll(args.values)))],
  ['urlquery', atLeast(0, (args) => escapeUrl(printAll(args.values)))],
]);

/** The number of bytes of text, of items of a list or a map. */
export function lengthOf(value: Value): number {
  if (typeof value === 'string') return Buffer.byteLength(value);
  if (isList(value)) return value.length;
  if (isMap(value)) return value.size;
  throw callError(`a ${typeOf(value)} has no length`);
}

function itemOf(value: Value, key: Value): Value {
  if (isMap(value)) {
    if (typeof key !== 'string') throw callError(`a ${typeOf(key)} is no key of a map`);
    return value.has(key) || !(value instanceof TypedMap) ? value.get(key) : value.zero;
  }
  const length = typeof value === 'string' || isList(value) ? lengthOf(value) : undefined;
  if (length === undefined) throw callError(`a ${typeOf(value)} has no items`);
  const index = toIndex(key);
  if (index >= length) throw callError(`the index ${index} is out of range: there are ${length} items`);
  return typeof value === 'string' ? BigInt(Buffer.from(value)[index] ?? 0) : (value as readonly Value[])[index];
}

function toIndex(key: Value): number {
  if (typeof key !== 'bigint') throw callError(`a ${typeOf(key)} is no index`);
  if (key < 0n) throw callError(`the index ${key} is out of range`);
  return Number(key);
}

/** A part of a list, or of the bytes of text. */
export function sliceOf(value: Value, [start = 0, end]: readonly number[]): Value {
  if (typeof value !== 'string' && !isList(value)) throw callError(`a ${typeOf(value)} cannot be sliced`);
  const length = lengthOf(value);
  const to = end ?? length;
  if (to > length || start > to) throw callError(`the range ${start}:${to} is out of range: there are ${length} items`);
  return typeof value === 'string' ? cutBytes(value, start, to) : value.slice(start, to);
}

/** Bytes of text from `start` to `end`; half a character becomes the replacement character. */
export function cutBytes(text: string, start: number, end: number): string {
  return Buffer.from(text).toString('utf8', start, end);
}
