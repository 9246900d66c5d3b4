import { ociError } from '../errors.ts';
import { type Descriptor, type Manifest, type Platform, parseManifest, parseObject } from '../manifest.ts';
import { formatPlatform } from '../platform.ts';
import type { StoredContent, StoredManifest } from './content.ts';

/** What crane takes when nobody asks for a platform, and takes an entry for that states none. */
export const usualPlatform: Platform = { os: 'linux', architecture: 'amd64' };

const maxNesting = 8;

/** One image, with what its manifest says. */
export interface StoredImage extends StoredContent {
  readonly parsed: Manifest;
  /** Its descriptor in the index that it was chosen from, as it stands there. */
  readonly entry?: unknown;
}

/**
 * The image itself, or the first one of an index for the platform; an image is taken whatever its platform.
 * @throws OCI_PLATFORM_NOT_FOUND, OCI_MANIFEST_INVALID
 */
export async function chooseImage(
  { source, manifest }: StoredContent,
  platform: Platform = usualPlatform,
  signal?: AbortSignal,
): Promise<StoredImage> {
  let current: StoredManifest = manifest;
  let entry: unknown;
  for (let depth = 0; depth <= maxNesting; depth++) {
    const parsed = parseManifest(current.bytes, current.digest);
    if (parsed.kind === 'manifest') return { source, manifest: current, parsed, ...(entry !== undefined && { entry }) };
    const chosen = chooseEntry(parsed.manifests, platform);
    entry = rawEntry(current, parsed.manifests.indexOf(chosen));
    current = await source.manifest(chosen, signal);
  }
  const reason = 'its indexes are nested too deep';
  throw ociError('OCI_MANIFEST_INVALID', { data: { digest: manifest.digest, reason } });
}

function rawEntry({ bytes }: StoredManifest, index: number): unknown {
  const entries = parseObject(bytes)?.['manifests'];
  return Array.isArray(entries) ? entries[index] : undefined;
}

function chooseEntry(entries: readonly Descriptor[], wanted: Platform): Descriptor {
  const found = entries.find(({ platform = usualPlatform }) => isWanted(platform, wanted));
  if (found !== undefined) return found;
  const available = entries.flatMap(({ platform }) => (platform === undefined ? [] : [formatPlatform(platform)]));
  throw ociError('OCI_PLATFORM_NOT_FOUND', {
    data: { platform: formatPlatform(wanted), available: available.join(', ') || 'none' },
  });
}

function isWanted({ os, architecture, variant, osVersion }: Platform, wanted: Platform): boolean {
  if (os !== wanted.os || architecture !== wanted.architecture) return false;
  if (wanted.osVersion !== undefined && wanted.osVersion !== osVersion) return false;
  return wanted.variant === undefined || wanted.variant === variant;
}
