import { isDeepStrictEqual } from 'node:util';
import type { ImagePatch, JsonObject, PolicyRequest } from '../policy/index.ts';

type Change = Pick<PolicyRequest, 'object' | 'oldObject'>;

/** Whether something that is on its way out only loses a finalizer, or has its state told: nothing can start by that. */
export function isFarewell({ object, oldObject }: Change): boolean {
  const { deletionTimestamp } = (oldObject?.['metadata'] ?? {}) as JsonObject;
  return typeof deletionTimestamp === 'string' && isDeepStrictEqual(content(object), content(oldObject ?? {}));
}

function content({ metadata, status, ...rest }: JsonObject): JsonObject {
  return rest;
}

/** Whether an image that is to be pinned was there before, as it is: to replace it would restart what runs, or be refused. */
export function wasThere({ pointer }: ImagePatch, { object, oldObject }: Change): boolean {
  const text = textAt(object, pointer);
  return oldObject !== undefined && text !== undefined && textAt(oldObject, pointer) === text;
}

/** The text at a JSON pointer (RFC 6901). */
function textAt(object: JsonObject, pointer: string): string | undefined {
  let found: unknown = object;
  for (const part of pointer.split('/').slice(1)) {
    const key = part.replaceAll('~1', '/').replaceAll('~0', '~');
    if (typeof found !== 'object' || found === null || !Object.hasOwn(found, key)) return undefined;
    found = (found as JsonObject)[key];
  }
  return typeof found === 'string' ? found : undefined;
}
