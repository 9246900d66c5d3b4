import { isObject } from '../manifest.ts';

/** How one member is written; undefined leaves it out. */
type Member = (value: unknown) => unknown;

/** Members of a Go struct in their order, each with how it is written. */
export type Shape = readonly (readonly [name: string, member: Member])[];

/** An object with the members of a shape, in its order; others are dropped, as Go drops what a struct does not have. */
export function shaped(value: unknown, shape: Shape): Record<string, unknown> {
  const given = isObject(value) ? value : {};
  const members = shape.map(([name, member]) => [name, member(given[name])] as const);
  return Object.fromEntries(members.filter(([, member]) => member !== undefined));
}

/** Go's zero values are left out by `omitempty`. */
export const optional: Member = (value) =>
  value === undefined || value === null || value === '' || value === 0 || value === false || isEmptyList(value)
    ? undefined
    : value;

export const text: Member = (value) => (typeof value === 'string' ? value : '');

export const number: Member = (value) => (typeof value === 'number' ? value : 0);

/** Maps are written with sorted keys, and left out where they are empty. */
export const optionalMap: Member = (value) => {
  const pairs = Object.entries(isObject(value) ? value : {});
  return pairs.length === 0 ? undefined : Object.fromEntries(pairs.sort(([a], [b]) => compareBytes(a, b)));
};

export function optionalShape(shape: Shape): Member {
  return (value) => (isObject(value) ? shaped(value, shape) : undefined);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function compareBytes(a: string, b: string): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
