import {
  type CelFunc,
  type CelInput,
  CelScalar,
  type CelValue,
  celFunc,
  celMethod,
  isCelList,
  isCelMap,
  mapType,
} from '@bufbuild/cel';
import { anyList } from '../values.ts';

const { DYN, BOOL, STRING } = CelScalar;
const optional = mapType(STRING, DYN);

/** What a value that may be missing is here: an object with a name that nobody else gives, and a list of one or none. */
const mark = '@optional';

/** Values that may be missing (cel-spec, "Optional Values"). */
export const optionalFunctions: readonly CelFunc[] = [
  celMethod('optionalAt', DYN, [DYN], optional, function (key) {
    const within = itemsOf(this);
    return wrap(within === undefined ? found(this, key) : within.flatMap((value) => found(value, key)));
  }),
  celMethod('orValue', optional, [DYN], DYN, function (otherwise) {
    return needItems(this)[0] ?? otherwise;
  }),
  celMethod('or', optional, [optional], optional, function (other) {
    return needItems(this).length > 0 ? this : other;
  }),
  celMethod('hasValue', optional, [], BOOL, function () {
    return needItems(this).length > 0;
  }),
  celMethod('value', optional, [], DYN, function () {
    const [value] = needItems(this);
    if (value === undefined) throw new RangeError('there is no value');
    return value;
  }),
  celMethod('optionalItems', optional, [], anyList, function () {
    return needItems(this);
  }),
  celMethod('flattened', optional, [], optional, function () {
    return wrap(needItems(this).flatMap(needItems));
  }),
  celFunc('optional.ofList', [anyList], optional, (items) => wrap([...items])),
  celFunc('optional.of', [DYN], optional, (value) => wrap([value])),
  celFunc('optional.none', [], optional, () => wrap([])),
  celFunc('optional.ofNonZeroValue', [DYN], optional, (value) => wrap(isZero(value) ? [] : [value])),
  celMethod('first', anyList, [], optional, function () {
    return wrap([...this].slice(0, 1));
  }),
  celMethod('last', anyList, [], optional, function () {
    return wrap([...this].slice(-1));
  }),
];

function wrap(items: readonly CelValue[]): ReadonlyMap<string, CelInput> {
  return new Map([[mark, items]]);
}

function itemsOf(value: CelValue | undefined): CelValue[] | undefined {
  const items = isCelMap(value) ? value.get(mark) : undefined;
  return isCelList(items) ? [...items] : undefined;
}

function needItems(value: CelValue | undefined): CelValue[] {
  const items = itemsOf(value);
  if (items === undefined) throw new TypeError('it is no optional value');
  return items;
}

function found(within: CelValue | undefined, key: CelValue): CelValue[] {
  const value = lookUp(within, key);
  return value === undefined ? [] : [value];
}

function lookUp(within: CelValue | undefined, key: CelValue): CelValue | undefined {
  if (isCelList(within) && typeof key === 'bigint') return within.get(Number(key));
  if (isCelMap(within) && typeof key === 'string') return within.get(key);
  throw new TypeError('it has no such fields');
}

function isZero(value: CelValue): boolean {
  if (isCelList(value) || isCelMap(value)) return value.size === 0;
  return value === null || value === '' || value === 0 || value === 0n || value === false;
}
