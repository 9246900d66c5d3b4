import type { CatalogerDescriptor } from '../core/index.ts';

/** Bytes of the start of a file that tell whether a cataloger takes it. */
export const magicLength = 8;

/** True when the cataloger takes whatever has the right name, or files that begin like this one. */
export function takesMagic({ magic }: CatalogerDescriptor, start: Buffer): boolean {
  if (magic === undefined) return true;
  const text = start.toString('hex', 0, Math.min(magicLength, start.length));
  return magic.some((prefix) => text.startsWith(prefix));
}
