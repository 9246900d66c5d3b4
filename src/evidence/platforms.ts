import type { Digest } from '../core/index.ts';
import { mapPooled } from '../kit/pool.ts';
import { type Descriptor, formatPlatform, parseManifest } from '../oci/index.ts';
import { buildKitAnnotations } from './copy/part.ts';
import { evidenceError } from './errors.ts';
import { requireManifest } from './platform.ts';
import type { EvidenceSource } from './source.ts';

/** An image that an index lists. */
export interface ListedImage {
  readonly digest: Digest;
  /** For people: `linux/arm64`, or nothing where the index does not tell. */
  readonly platform: string;
}

const [maxDepth, maxImages, width] = [8, 1000, 8];

/**
 * Every image that an index lists, and that indexes in it list, each once; none for a single image. What BuildKit attests of
 * them is no image. @throws EVIDENCE_INDEX_TOO_LARGE, EVIDENCE_INCOMPLETE, OCI_*, NET_*
 */
export async function listImages(source: EvidenceSource, digest: Digest): Promise<ListedImage[]> {
  const found = new Map<Digest, ListedImage>();
  let indexes: readonly Digest[] = [digest];
  for (let depth = 0; indexes.length > 0; depth++) {
    if (depth > maxDepth) throw evidenceError('EVIDENCE_INDEX_TOO_LARGE', { data: { digest } });
    const lists = await mapPooled(indexes, width, (index) => entriesOf(source, index));
    const fresh = new Map<Digest, Descriptor>();
    for (const entry of lists.flat()) if (!found.has(entry.digest)) fresh.set(entry.digest, entry);
    for (const entry of fresh.values()) found.set(entry.digest, toListed(entry));
    if (found.size > maxImages) throw evidenceError('EVIDENCE_INDEX_TOO_LARGE', { data: { digest } });
    indexes = [...fresh.values()].filter(({ mediaType }) => isIndex(mediaType)).map((entry) => entry.digest);
  }
  return [...found.values()];
}

async function entriesOf(source: EvidenceSource, digest: Digest): Promise<readonly Descriptor[]> {
  const { bytes } = await requireManifest(source, digest);
  const parsed = parseManifest(bytes, digest);
  if (parsed.kind !== 'index') return [];
  return parsed.manifests.filter(({ annotations = {} }) => annotations[buildKitAnnotations.type] === undefined);
}

function toListed({ digest, platform }: Descriptor): ListedImage {
  return { digest, platform: platform === undefined ? '' : formatPlatform(platform) };
}

function isIndex(mediaType: string): boolean {
  return mediaType.includes('image.index') || mediaType.includes('manifest.list');
}
