import { type Digest, isDigest, type LayerRef } from '../../core/index.ts';
import { objectOf, textOf, textsOf } from '../../kit/json-value.ts';

/** Fields that have a value; the others are left out, as a value's type asks for. */
type Present<T> = { [K in keyof T]: Exclude<T[K], undefined> };

export function present<T extends object>(fields: T): Partial<Present<T>> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<Present<T>>;
}

/** A whole number above zero; everything else is absent. */
export function amountOf(value: unknown): number | undefined {
  return Number.isSafeInteger(value) && (value as number) > 0 ? (value as number) : undefined;
}

export function scoreOf(value: unknown): number | undefined {
  return typeof value === 'number' && value !== 0 ? value : undefined;
}

/** A list that is not empty; everything else is absent. */
export function listOf(value: unknown): readonly string[] | undefined {
  const texts = textsOf(value);
  return texts.length > 0 ? texts : undefined;
}

export function digestOf(value: unknown): Digest | undefined {
  return typeof value === 'string' && isDigest(value) ? value : undefined;
}

/** Undefined for a layer that nothing is told of. */
export function layerOf(value: unknown): LayerRef | undefined {
  const { Digest: digest, DiffID: diffId } = objectOf(value);
  const layer = present({ digest: digestOf(digest), diffId: digestOf(diffId) });
  return Object.keys(layer).length > 0 ? layer : undefined;
}

/** One of the values of a union type. */
export function memberOf<T extends string>(value: unknown, members: readonly T[]): T | undefined {
  return members.find((member) => member === value);
}

/** An entry's identifier in Trivy's form: the digits of a number, in hexadecimal. */
export function uidOf(value: unknown): string | undefined {
  return textOf(value)?.match(/^[0-9a-f]{1,16}$/)?.[0];
}
