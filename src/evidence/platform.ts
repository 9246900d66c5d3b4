import type { Digest } from '../core/index.ts';
import { formatPlatform, type Platform, parseManifest } from '../oci/index.ts';
import { evidenceError } from './errors.ts';
import type { EvidenceSource, StoredManifest } from './source.ts';

/** The one manifest of an index that is for a platform; parts that the wish leaves empty match any. @throws EVIDENCE_PLATFORM, EVIDENCE_INCOMPLETE */
export async function readVariant(
  source: EvidenceSource,
  image: StoredManifest,
  wanted: Platform,
): Promise<StoredManifest> {
  return requireManifest(source, variantFor(image, wanted));
}

/** The manifest of a digest that must be there. @throws EVIDENCE_INCOMPLETE */
export async function requireManifest(source: EvidenceSource, digest: Digest): Promise<StoredManifest> {
  const found = await source.manifest(digest);
  if (found === undefined) throw evidenceError('EVIDENCE_INCOMPLETE', { data: { digest } });
  return found;
}

function variantFor(image: StoredManifest, wanted: Platform): Digest {
  const parsed = parseManifest(image.bytes, image.digest);
  const fail = (reason: string): Error => evidenceError('EVIDENCE_PLATFORM', { data: { reason } });
  if (parsed.kind !== 'index') throw fail('specified reference is not a multiarch image');
  const named = parsed.manifests.flatMap(({ digest, platform }) => (platform ? [{ digest, platform }] : []));
  const [found, ...others] = named.filter(({ platform }) => matches(platform, wanted));
  if (found === undefined) throw fail(`unable to find an entity for ${formatPlatform(wanted)}`);
  if (others.length > 0) {
    const all = [found, ...others].map(({ platform }) => formatPlatform(platform)).join(', ');
    throw fail(`platform spec matches more than one image architecture: ${all}`);
  }
  return found.digest;
}

function matches(platform: Platform, { os, architecture, variant }: Platform): boolean {
  return (
    (os === '' || os === platform.os) &&
    (architecture === '' || architecture === platform.architecture) &&
    (variant === undefined || variant === '' || variant === platform.variant)
  );
}
