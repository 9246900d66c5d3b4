import { type Arguments, atLeast, exactly, type TemplateFunction } from '../function.ts';
import { isTrue } from '../kind.ts';
import { callError } from '../position.ts';
import { isList, isMap, type Value } from '../value.ts';
import { toText } from './convert.ts';

type Dict = ReadonlyMap<string, Value>;

/** Functions of maps. */
export const dictFunctions: readonly (readonly [string, TemplateFunction])[] = [
  ['dict', atLeast(0, (args) => makeDict(args))],
  ['get', exactly(2, (args) => args.map(0).get(args.text(1)) ?? '')],
  ['set', exactly(3, (args) => mutable(args.map(0)).set(args.text(1), args.value(2)))],
  ['unset', exactly(2, (args) => unset(args.map(0), args.text(1)))],
  ['hasKey', exactly(2, (args) => args.map(0).has(args.text(1)))],
  ['keys', atLeast(1, (args) => mapsFrom(args, 0).flatMap((map) => [...map.keys()]))],
  ['values', exactly(1, (args) => [...args.map(0).values()])],
  ['pluck', atLeast(1, (args) => pluck(args.text(0), mapsFrom(args, 1)))],
  ['pick', atLeast(1, (args) => only(args.map(0), (key) => args.rest(1).includes(key)))],
  ['omit', atLeast(1, (args) => only(args.map(0), (key) => !args.rest(1).includes(key)))],
  ['merge', atLeast(1, (args) => mapsFrom(args, 1).reduce((into, from) => merge(into, from, false), args.map(0)))],
  [
    'mergeOverwrite',
    atLeast(1, (args) => mapsFrom(args, 1).reduce((into, from) => merge(into, from, true), args.map(0))),
  ],
  ['dig', atLeast(3, dig)],
  ['deepCopy', exactly(1, (args) => deepCopy(args.value(0)))],
];

function makeDict(args: Arguments): Value {
  const dict = new Map<string, Value>();
  for (let index = 0; index < args.values.length; index += 2) {
    dict.set(toText(args.value(index)), args.values[index + 1] ?? '');
  }
  return dict;
}

/** `set`, `unset` and `merge` change the map that they are given, as sprig's do. */
function mutable(map: Dict): Map<string, Value> {
  return map as Map<string, Value>;
}

function unset(map: Dict, key: string): Value {
  mutable(map).delete(key);
  return map;
}

function mapsFrom(args: Arguments, from: number): Dict[] {
  return args.rest(from).map((_, index) => args.map(from + index));
}

function pluck(key: string, maps: readonly Dict[]): Value[] {
  return maps.filter((map) => map.has(key)).map((map) => map.get(key));
}

function only(map: Dict, isKept: (key: string) => boolean): Value {
  return new Map([...map].filter(([key]) => isKept(key)));
}

function merge(into: Dict, from: Dict, overwrites: boolean): Dict {
  for (const [key, value] of from) {
    const known = into.get(key);
    if (isMap(known) && isMap(value) && known !== value) merge(known, value, overwrites);
    else if (overwrites ? isTrue(value) : !isTrue(known)) mutable(into).set(key, value);
  }
  return into;
}

/** `dig "a" "b" default map`: what lies behind a path of keys. */
function dig(args: Arguments): Value {
  const keys = args.values.slice(0, -2);
  let value: Value = args.map(args.values.length - 1);
  for (const key of keys) {
    if (typeof key !== 'string') throw callError('a key is a string');
    if (!isMap(value) || !value.has(key)) return args.values.at(-2);
    value = value.get(key);
  }
  return value;
}

function deepCopy(value: Value): Value {
  if (isMap(value)) return new Map([...value].map(([key, item]) => [key, deepCopy(item)]));
  return isList(value) ? value.map(deepCopy) : value;
}
