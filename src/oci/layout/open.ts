import type { Digest } from '../../core/index.ts';
import { ociError } from '../errors.ts';
import { type Image, type ImageLayer, maxConfigSize, parseImageConfig } from '../image.ts';
import { type Descriptor, type Manifest, maxManifestSize, type Platform, parseManifest } from '../manifest.ts';
import { choosePlatform } from '../platform.ts';
import { type BlobStore, readLayoutIndex } from './directory.ts';

/** Which image of a layout is meant; neither means the first. */
export interface LayoutSelection {
  readonly tag?: string;
  readonly digest?: Digest;
  readonly platform?: Platform;
}

const refName = 'org.opencontainers.image.ref.name';
const maxNesting = 8;

/** Opens an image of a layout. @throws OCI_LAYOUT_INVALID, OCI_REFERENCE_NOT_FOUND, OCI_PLATFORM_NOT_FOUND, OCI_MANIFEST_INVALID, OCI_CONFIG_INVALID, OCI_BLOB_MISSING, OCI_DIGEST_MISMATCH, OCI_NOT_AN_IMAGE */
export async function openLayoutImage(name: string, blobs: BlobStore, selection: LayoutSelection): Promise<Image> {
  const listed = await readLayoutIndex(blobs);
  const chosen = chooseEntry(listed, blobs, selection);
  const { manifest, digest } = await descend(chosen, blobs, selection.platform, 0);
  return assembleImage(name, manifest, digest, blobs);
}

function chooseEntry(
  listed: readonly Descriptor[],
  blobs: BlobStore,
  selection: LayoutSelection,
): readonly Descriptor[] {
  const { tag, digest } = selection;
  if (tag === undefined && digest === undefined) return listed;
  const matching = listed.filter((entry) => entry.digest === digest || (tag !== undefined && tagOf(entry) === tag));
  if (matching.length > 0) return matching;
  const available = listed.map((entry) => tagOf(entry) ?? entry.digest).join(', ');
  throw ociError('OCI_REFERENCE_NOT_FOUND', {
    data: { reference: digest ?? tag, source: blobs.name, available: available || 'none' },
  });
}

/** The tag is the annotation, or what follows the last colon of it: some tools write the whole reference. */
function tagOf(entry: Descriptor): string | undefined {
  const name = entry.annotations?.[refName];
  return name?.includes('/') ? name.slice(name.lastIndexOf(':') + 1) : name;
}

/** Follows nested indexes down to one image manifest. */
async function descend(
  entries: readonly Descriptor[],
  blobs: BlobStore,
  platform: Platform | undefined,
  depth: number,
): Promise<{ manifest: Manifest; digest: Digest }> {
  if (entries.length === 0)
    throw ociError('OCI_LAYOUT_INVALID', { data: { path: blobs.name, reason: 'its index is empty' } });
  if (depth > maxNesting)
    throw ociError('OCI_LAYOUT_INVALID', { data: { path: blobs.name, reason: 'its indexes are nested too deep' } });
  const named = entries.every((entry) => entry.platform !== undefined);
  const { digest } = named ? choosePlatform(entries, platform) : (entries[0] as Descriptor);
  const parsed = parseManifest(await blobs.read(digest, maxManifestSize), digest);
  if (parsed.kind === 'manifest') return { manifest: parsed, digest };
  return descend(parsed.manifests, blobs, platform, depth + 1);
}

/** An image made of a manifest and the blobs it names. */
export async function assembleImage(
  name: string,
  manifest: Manifest,
  manifestDigest: Digest,
  blobs: Pick<BlobStore, 'read' | 'stream'>,
): Promise<Image> {
  assertImage(name, manifest);
  const id = manifest.config.digest;
  const config = parseImageConfig(await blobs.read(id, maxConfigSize), id);
  if (config.diffIds.length !== manifest.layers.length) {
    const reason = `it lists ${config.diffIds.length} layers, the manifest ${manifest.layers.length}`;
    throw ociError('OCI_CONFIG_INVALID', { data: { digest: id, reason } });
  }
  const layers = manifest.layers.map((descriptor, index): ImageLayer => {
    const diffId = config.diffIds[index];
    return {
      digest: descriptor.digest,
      size: descriptor.size,
      ...(diffId !== undefined && { diffId }),
      open: (signal) => blobs.stream(descriptor, signal),
    };
  });
  return { name, id, manifestDigest, config, layers, repoTags: [], repoDigests: [], close: async () => undefined };
}

/** Signatures, SBOMs and charts are stored as manifests too, but they are no images. */
function assertImage(name: string, manifest: Manifest): void {
  const type = manifest.artifactType ?? manifest.config.mediaType;
  const isImage =
    /^(|application\/vnd\.(oci\.image\.config\.v1|docker\.container\.image\.v1)\+json|application\/octet-stream)$/;
  if (!isImage.test(type)) throw ociError('OCI_NOT_AN_IMAGE', { data: { reference: name, type } });
}
