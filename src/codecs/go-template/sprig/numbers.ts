import { type Arguments, atLeast, exactly, type TemplateFunction } from '../function.ts';
import { callError } from '../position.ts';
import type { Value } from '../value.ts';
import { toFloat, toInteger } from './convert.ts';

/** Functions of numbers; integers have 64 bits. */
export const numberFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ['int', exactly(1, (args) => toInteger(args.value(0)))],
  ['int64', exactly(1, (args) => toInteger(args.value(0)))],
  ['float64', exactly(1, (args) => toFloat(args.value(0)))],
  ['atoi', exactly(1, (args) => toInteger(args.text(0)))],
  ['toDecimal', exactly(1, (args) => toDecimal(args.value(0)))],
  ['add', atLeast(0, (args) => fold(args, 0n, (a, b) => a + b))],
  ['add1', exactly(1, (args) => toInteger(args.value(0)) + 1n)],
  ['sub', exactly(2, (args) => BigInt.asIntN(64, toInteger(args.value(0)) - toInteger(args.value(1))))],
  ['mul', atLeast(1, (args) => fold(args, 1n, (a, b) => a * b))],
  ['div', exactly(2, (args) => toInteger(args.value(0)) / divisor(args))],
  ['mod', exactly(2, (args) => toInteger(args.value(0)) % divisor(args))],
  ['max', atLeast(1, (args) => fold(args, undefined, largest))],
  ['biggest', atLeast(1, (args) => fold(args, undefined, largest))],
  ['min', atLeast(1, (args) => fold(args, undefined, smallest))],
  ['addf', atLeast(0, (args) => args.values.reduce<number>((sum, value) => sum + toFloat(value), 0))],
  ['add1f', exactly(1, (args) => toFloat(args.value(0)) + 1)],
  ['subf', atLeast(1, (args) => chain(args, (a, b) => a - b))],
  ['mulf', atLeast(1, (args) => chain(args, (a, b) => a * b))],
  ['divf', atLeast(1, (args) => chain(args, (a, b) => a / b))],
  ['maxf', atLeast(1, (args) => Math.max(...args.values.map(toFloat)))],
  ['minf', atLeast(1, (args) => Math.min(...args.values.map(toFloat)))],
  ['floor', exactly(1, (args) => Math.floor(toFloat(args.value(0))))],
  ['ceil', exactly(1, (args) => Math.ceil(toFloat(args.value(0))))],
  ['round', { least: 2, most: 3, call: round }],
];

function fold(args: Arguments, start: bigint | undefined, step: (a: bigint, b: bigint) => bigint): Value {
  const numbers = args.values.map(toInteger);
  const all = start === undefined ? numbers : [start, ...numbers];
  return BigInt.asIntN(64, all.reduce(step));
}

/** Math.max and Math.min take no bigint. */
function largest(a: bigint, b: bigint): bigint {
  if (b > a) return b;
  return a;
}

function smallest(a: bigint, b: bigint): bigint {
  if (b < a) return b;
  return a;
}

function chain(args: Arguments, step: (a: number, b: number) => number): number {
  return args.values.map(toFloat).reduce(step);
}

function divisor(args: Arguments): bigint {
  const value = toInteger(args.value(1));
  if (value === 0n) throw callError('divides by zero');
  return value;
}

/** The value of octal digits, such as a file mode. */
function toDecimal(value: Value): bigint {
  const digits = String(value);
  return /^[0-7]{1,20}$/.test(digits) ? BigInt.asIntN(64, BigInt(`0o${digits}`)) : 0n;
}

/** `round value places`: half and more goes up, or from the third argument on. */
function round(args: Arguments): number {
  const threshold = args.values.length > 2 ? toFloat(args.value(2)) : 0.5;
  const power = 10 ** Math.min(Math.max(args.integer(1), -300), 300);
  const scaled = toFloat(args.value(0)) * power;
  const whole = Math.trunc(scaled);
  const goesUp = Math.abs(scaled - whole) >= threshold;
  return (goesUp ? whole + Math.sign(scaled) : whole) / power;
}
