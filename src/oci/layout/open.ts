import type { Digest } from '../../core/index.ts';
import { descend } from '../descend.ts';
import { ociError } from '../errors.ts';
import type { Image } from '../image.ts';
import { type Descriptor, maxManifestSize, type Platform } from '../manifest.ts';
import { assembleImage } from './assemble.ts';
import { type BlobStore, readLayoutIndex } from './directory.ts';

/** Which image of a layout is meant; neither means the first. */
export interface LayoutSelection {
  readonly tag?: string;
  readonly digest?: Digest;
  readonly platform?: Platform;
}

const refName = 'org.opencontainers.image.ref.name';
/** containerd and `docker save` write the whole name here. */
const containerdName = 'io.containerd.image.name';

/** Opens an image of a layout. @throws OCI_LAYOUT_INVALID, OCI_REFERENCE_NOT_FOUND, OCI_PLATFORM_NOT_FOUND, OCI_MANIFEST_INVALID, OCI_CONFIG_INVALID, OCI_BLOB_MISSING, OCI_DIGEST_MISMATCH, OCI_NOT_AN_IMAGE */
export async function openLayoutImage(name: string, blobs: BlobStore, selection: LayoutSelection): Promise<Image> {
  const listed = await readLayoutIndex(blobs);
  const { platform } = selection;
  const { manifest, digest } = await descend(chooseEntry(listed, blobs, selection), {
    name: blobs.name,
    read: (entry) => blobs.read(entry, maxManifestSize),
    ...(platform !== undefined && { platform }),
  });
  return assembleImage(name, manifest, digest, blobs);
}

function chooseEntry(
  listed: readonly Descriptor[],
  blobs: BlobStore,
  selection: LayoutSelection,
): readonly Descriptor[] {
  const { tag, digest } = selection;
  if (listed.length === 0)
    throw ociError('OCI_LAYOUT_INVALID', { data: { path: blobs.name, reason: 'its index is empty' } });
  if (tag === undefined && digest === undefined) return listed;
  const matching = listed.filter((entry) => entry.digest === digest || (tag !== undefined && isNamed(entry, tag)));
  if (matching.length > 0) return matching;
  const available = listed.map((entry) => entry.annotations?.[refName] ?? entry.digest).join(', ');
  throw ociError('OCI_REFERENCE_NOT_FOUND', { data: { reference: digest ?? tag, source: blobs.name, available } });
}

/** The whole annotation, or the tag in it: some tools write the whole reference. */
function isNamed(entry: Descriptor, wanted: string): boolean {
  const names = [entry.annotations?.[refName], entry.annotations?.[containerdName]];
  return names.some(
    (name) => name === wanted || (name?.includes(':') && name.slice(name.lastIndexOf(':') + 1) === wanted),
  );
}
