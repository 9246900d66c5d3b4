/** Something registered: a stable identifier and whatever its room wants to know of it. */
export interface Registered {
  readonly id: string;
}

/** An ordered, read-only set of descriptors; looked up by identifier. */
export interface Registry<T extends Registered> {
  readonly all: readonly T[];
  get(id: string): T | undefined;
}

/** Builds a registry in the order given. Two descriptors of one identifier are a programming error and throw at load. */
export function makeRegistry<T extends Registered>(descriptors: readonly T[]): Registry<T> {
  const byId = new Map(descriptors.map((descriptor) => [descriptor.id, descriptor]));
  if (byId.size !== descriptors.length) throw new RangeError('two registered descriptors share one id');
  return { all: descriptors, get: (id) => byId.get(id) };
}
