import { type Digest, type ImageReference, isDigest, parseImageReference } from '../core/index.ts';

/** Where an image and its evidence lie: a reference, or an OCI layout. */
export type EvidencePlace =
  | { readonly kind: 'registry'; readonly reference: ImageReference }
  | { readonly kind: 'layout'; readonly path: string; readonly tag?: string; readonly digest?: Digest };

const layoutPrefix = 'oci:';

/**
 * Reads a reference, or a layout: `oci:DIRECTORY[:TAG][@DIGEST]`, and what begins as a path does (`./`, `../`, `/`).
 * @throws CORE_REFERENCE_INVALID
 */
export function parsePlace(text: string): EvidencePlace {
  const rest = text.startsWith(layoutPrefix) ? text.slice(layoutPrefix.length) : text;
  if (rest === text && !/^\.{0,2}\//.test(text)) return { kind: 'registry', reference: parseImageReference(text) };
  const at = rest.lastIndexOf('@');
  const digest = at > 0 ? rest.slice(at + 1) : '';
  const named = isDigest(digest) ? rest.slice(0, at) : rest;
  const [, path = named, tag] = /^(.+):(\w[\w.-]{0,127})$/s.exec(named) ?? [];
  return {
    kind: 'layout',
    path,
    ...(tag !== undefined && { tag }),
    ...(isDigest(digest) && { digest }),
  };
}
