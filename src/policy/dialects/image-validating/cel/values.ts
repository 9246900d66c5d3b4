import {
  type CelInput,
  type CelListType,
  CelScalar,
  type CelValue,
  isCelList,
  isCelMap,
  isCelUint,
  listType,
} from '@bufbuild/cel';
import type { Json, JsonObject } from '../../../model/json.ts';
import { CelFailure } from './failure.ts';

/** A list of anything, in the signatures of functions. */
export const anyList: CelListType<typeof CelScalar.DYN> = listType(CelScalar.DYN);

/** JSON as Kubernetes has it in CEL: numbers without a fraction are `int`, and only what an object itself holds is there. */
export function toCel(value: unknown): CelInput {
  if (Array.isArray(value)) return value.map(toCel);
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, item]) => item !== undefined);
    return new Map(entries.map(([key, item]) => [key, toCel(item)]));
  }
  if (typeof value === 'number') return Number.isSafeInteger(value) ? BigInt(value) : value;
  return typeof value === 'string' || typeof value === 'boolean' ? value : null;
}

/** What is JSON of a value of CEL. @throws TypeError for what is none */
export function fromCel(value: CelValue | undefined): Json {
  if (value === undefined || value === null || typeof value === 'string' || typeof value === 'boolean')
    return value ?? null;
  if (typeof value === 'number' || typeof value === 'bigint') return Number(value);
  if (isCelUint(value)) return Number(value.value);
  if (isCelList(value)) return [...value].map(fromCel);
  if (isCelMap(value)) return mapToJson([...value]);
  throw new TypeError('a value is no JSON');
}

function mapToJson(entries: readonly (readonly [unknown, CelValue])[]): JsonObject {
  const members = entries.map(([key, item]): [string, Json] => [String(key), fromCel(item)]);
  // In one order, as Go writes maps.
  return Object.fromEntries(members.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** The texts of a list. @throws CelFailure for another value */
export function textsOf(value: unknown): string[] {
  if (!isCelList(value)) throw new CelFailure('it is not a list');
  return [...value].map((item) => {
    if (typeof item === 'string') return item;
    throw new CelFailure('it is not a list of texts');
  });
}

/** Values that are worked out when they are first asked for, by name. */
export class LazyValues extends Map<string, CelInput> {
  readonly #work: (name: string) => CelInput;
  readonly #underWay = new Set<string>();

  constructor(names: readonly string[], work: (name: string) => CelInput) {
    super(names.map((name) => [name, null]));
    this.#work = work;
  }

  override get(name: string): CelInput | undefined {
    if (!this.has(name)) return undefined;
    const known = super.get(name);
    if (known !== null && known !== undefined) return known;
    if (this.#underWay.has(name)) throw new RangeError(`${name} needs itself`);
    this.#underWay.add(name);
    const value = this.#work(name);
    this.#underWay.delete(name);
    this.set(name, value);
    return value;
  }
}
