import { createHash } from 'node:crypto';
import { type Digest, digestAlgorithm } from '../core/index.ts';
import { type Descriptor, parseManifest } from './manifest.ts';

/** What a list of referrers says of a manifest, and of what it speaks (image-spec manifest.md, "subject"). */
export interface Referrer {
  readonly subject: Descriptor;
  readonly descriptor: Descriptor;
}

/** Undefined when the manifest has no subject. @throws OCI_MANIFEST_INVALID */
export function describeReferrer(bytes: Uint8Array, digest: Digest, mediaType: string): Referrer | undefined {
  const manifest = parseManifest(bytes, digest);
  const { subject, annotations } = manifest;
  if (subject === undefined) return undefined;
  const artifactType = manifest.artifactType || (manifest.kind === 'manifest' ? manifest.config.mediaType : undefined);
  const descriptor: Descriptor = {
    mediaType,
    digest,
    size: bytes.length,
    ...(artifactType !== undefined && artifactType !== '' && { artifactType }),
    ...(annotations !== undefined && { annotations }),
  };
  return { subject, descriptor };
}

/** The tag under which referrers are listed where the registry has no list of its own (distribution-spec, "Referrers Tag Schema"). */
export function referrersTag(digest: Digest): string {
  const [algorithm = '', encoded = ''] = digest.split(':');
  return `${algorithm.slice(0, 32)}-${encoded.slice(0, 64)}`.replace(/[^\w.-]/g, '-');
}

/**
 * True for bytes under a referrers tag that are no list but the image itself: `cosign copy` gives every image the tag
 * `sha256-…` of its own digest, over the list that may have been there.
 */
export function isSubjectOfTag(bytes: Uint8Array, tag: string): boolean {
  const algorithm = digestAlgorithm(tag.replace('-', ':') as Digest);
  return tag === referrersTag(`${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`);
}
