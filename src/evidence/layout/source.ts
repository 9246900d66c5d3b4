import { type Digest, isAppError } from '../../core/index.ts';
import { once } from '../../kit/memoize.ts';
import { type BlobStore, type Descriptor, directoryBlobs, maxManifestSize, parseManifest } from '../../oci/index.ts';
import { layoutInvalid } from '../errors.ts';
import { toStoredManifest } from '../media-type.ts';
import type { EvidenceSource, StoredManifest } from '../source.ts';
import { entryName, imageEntries, legacyEntry } from './entries.ts';
import { scanReferrers } from './referrers.ts';

/** An image and its evidence in a directory. */
export interface StoredEvidence {
  /** The image that was chosen, or the only one. */
  readonly image: Digest;
  readonly source: EvidenceSource;
}

/** Which image of a directory is meant; neither means the only one. */
export interface StoredSelection {
  readonly tag?: string;
  readonly digest?: Digest;
}

type Referrers = () => Promise<ReadonlyMap<Digest, readonly Descriptor[]>>;

/** Opens an OCI layout or a directory of `cosign save`. @throws EVIDENCE_LAYOUT_INVALID, DISK_*, OCI_MANIFEST_INVALID */
export async function openStoredEvidence(path: string, selection: StoredSelection = {}): Promise<StoredEvidence> {
  const blobs = directoryBlobs(path);
  const entries = await readEntries(path, blobs);
  const referrers = once(() => scanReferrers(path));
  const image = selection.digest ?? (await chooseImage(path, entries, selection.tag, referrers));
  return { image, source: layoutSource(path, { blobs, entries, image, referrers }) };
}

async function readEntries(path: string, blobs: BlobStore): Promise<readonly Descriptor[]> {
  const bytes = await blobs.readIndex().catch((error: unknown) => {
    throw isAppError(error, 'DISK_NOT_FOUND') ? layoutInvalid(path, 'it has no index.json') : error;
  });
  const index = parseManifest(bytes, 'index.json');
  if (index.kind !== 'index') throw layoutInvalid(path, 'its index.json is none');
  return index.manifests;
}

async function chooseImage(
  path: string,
  entries: readonly Descriptor[],
  tag: string | undefined,
  referrers: Referrers,
): Promise<Digest> {
  const images = imageEntries(entries).filter((entry) => tag === undefined || entryName(entry) === tag);
  // Referrers may be listed beside the images, and only their bytes tell the one from the other.
  const speaking = images.length > 1 ? new Set([...(await referrers()).values()].flat().map(digestOf)) : new Set();
  const [first, ...others] = images.filter((entry) => !speaking.has(entry.digest));
  if (first === undefined && tag !== undefined) throw layoutInvalid(path, `it holds no image ${tag}`);
  if (first === undefined || others.some(({ digest }) => digest !== first.digest)) {
    throw layoutInvalid(path, 'it holds not exactly one image');
  }
  return first.digest;
}

function digestOf({ digest }: Descriptor): Digest {
  return digest;
}

interface Opened {
  readonly blobs: BlobStore;
  readonly entries: readonly Descriptor[];
  readonly image: Digest;
  readonly referrers: Referrers;
}

function layoutSource(path: string, { blobs, entries, image, referrers }: Opened): EvidenceSource {
  const read = async (blob: Descriptor, limit: number): Promise<Buffer> =>
    Buffer.from(await checked(path, () => blobs.read(blob, limit)));
  const manifest = async (digest: Digest): Promise<StoredManifest | undefined> => {
    const listed = entries.find((entry) => entry.digest === digest) ?? { mediaType: '', digest, size: 0 };
    try {
      return toStoredManifest(await read(listed, maxManifestSize), digest, listed.mediaType);
    } catch (error) {
      if (isAppError(error, 'OCI_BLOB_MISSING')) return undefined;
      throw error;
    }
  };
  return {
    manifest,
    blob: read,
    stream: (blob) => blobs.stream(blob, undefined),
    referrers: async (digest) => (await referrers()).get(digest) ?? [],
    legacy: async (digest, suffix) => {
      const entry = legacyEntry(entries, digest, suffix, image);
      return entry === undefined ? undefined : manifest(entry.digest);
    },
  };
}

/** A directory with a blob that is not its name's was damaged or tampered with. */
async function checked<T>(path: string, read: () => Promise<T>): Promise<T> {
  try {
    return await read();
  } catch (error) {
    if (!isAppError(error, 'OCI_DIGEST_MISMATCH')) throw error;
    throw layoutInvalid(path, `its blob ${String(error.data['digest'])} has another digest`);
  }
}
