import { createHash } from 'node:crypto';

/** A reference made of what identifies a thing, in the form of a UUID of version 8 (RFC 9562 5.8): the same each time. */
export function makeRef(parts: readonly (string | undefined)[]): string {
  const hash = createHash('sha256')
    .update(parts.map((part) => part ?? '').join('\n'))
    .digest('hex');
  const variant = ((Number.parseInt(hash[16] ?? '0', 16) & 3) | 8).toString(16);
  return `${hash.slice(0, 8)}-${hash.slice(8, 12)}-8${hash.slice(13, 16)}-${variant}${hash.slice(17, 20)}-${hash.slice(20, 32)}`;
}

/** Hands out references that nothing else in the document has. */
export class References {
  readonly #taken = new Set<string>();

  /** `wanted` where it is free, else one made of `parts`. */
  take(wanted: string | undefined, parts: readonly (string | undefined)[]): string {
    let ref = wanted ?? makeRef(parts);
    for (let count = 0; this.#taken.has(ref); count++) ref = makeRef([...parts, String(count)]);
    this.#taken.add(ref);
    return ref;
  }
}
