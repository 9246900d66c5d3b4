import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { type Digest, digestAlgorithm, digestHex, isAppError } from '../core/index.ts';
import { listDirectory, readWhole, statPath } from '../disk/index.ts';
import { type Descriptor, describeReferrer, parseManifest } from '../oci/index.ts';
import { evidenceError } from './errors.ts';
import type { EvidenceSource, LegacySuffix } from './source.ts';

/** An image and its evidence in a directory. */
export interface StoredEvidence {
  /** The image that the directory was saved for. */
  readonly image: Digest;
  readonly source: EvidenceSource;
}

const maxManifestSize = 4 * 2 ** 20;
const maxBlobs = 10_000;
/** What `cosign save` notes of each entry. */
const kindAnnotation = 'kind';
const kinds = 'dev.cosignproject.cosign/';

/** Opens an OCI layout or a directory of `cosign save`. @throws EVIDENCE_LAYOUT_INVALID, DISK_*, OCI_MANIFEST_INVALID */
export async function openStoredEvidence(path: string): Promise<StoredEvidence> {
  const bytes = await readIndex(path);
  const index = parseManifest(bytes, 'index.json');
  if (index.kind !== 'index') throw invalid(path, 'its index.json is none');
  const kindOf = ({ annotations }: Descriptor): string => annotations?.[kindAnnotation]?.replace(kinds, '') ?? '';
  const images = index.manifests.filter((entry) => ['', 'image', 'imageIndex'].includes(kindOf(entry)));
  const [image, ...more] = images;
  if (image === undefined || more.length > 0) throw invalid(path, 'it holds not exactly one image');
  const legacy = (suffix: LegacySuffix): Descriptor | undefined =>
    index.manifests.find((entry) => kindOf(entry) === (suffix === 'sig' ? 'sigs' : 'atts'));
  return { image: image.digest, source: layoutSource(path, image.digest, legacy) };
}

async function readIndex(path: string): Promise<Buffer> {
  try {
    return await readWhole(join(path, 'index.json'), maxManifestSize);
  } catch (error) {
    if (isAppError(error, 'DISK_NOT_FOUND')) throw invalid(path, 'it has no index.json');
    throw error;
  }
}

function layoutSource(
  path: string,
  image: Digest,
  legacy: (suffix: LegacySuffix) => Descriptor | undefined,
): EvidenceSource {
  const read = (digest: Digest, limit: number): Promise<Buffer> => readBlob(path, digest, limit);
  return {
    manifest: (digest) => read(digest, maxManifestSize),
    blob: ({ digest }, limit) => read(digest, limit),
    referrers: (digest) => scanReferrers(path, digest),
    legacy: async (digest, suffix) => {
      const entry = digest === image ? legacy(suffix) : undefined;
      return entry === undefined ? undefined : read(entry.digest, maxManifestSize);
    },
  };
}

async function readBlob(path: string, digest: Digest, limit: number): Promise<Buffer> {
  const bytes = await readWhole(blobPath(path, digest), limit);
  const found = createHash(digestAlgorithm(digest)).update(bytes).digest('hex');
  if (found !== digestHex(digest)) throw invalid(path, `its blob ${digest} has another digest`);
  return bytes;
}

function blobPath(path: string, digest: Digest): string {
  return join(path, 'blobs', digestAlgorithm(digest), digestHex(digest));
}

/** Referrers lie among the blobs, and nothing lists them: every small blob that is a manifest with this subject. */
async function scanReferrers(path: string, subject: Digest): Promise<Descriptor[]> {
  const names = await listDirectory(join(path, 'blobs', 'sha256'));
  if (names.length > maxBlobs) throw invalid(path, `it has more than ${maxBlobs} blobs`);
  const found: Descriptor[] = [];
  for (const name of names) {
    const descriptor = await readReferrer(path, `sha256:${name}`, subject);
    if (descriptor !== undefined) found.push(descriptor);
  }
  return found;
}

async function readReferrer(path: string, digest: Digest, subject: Digest): Promise<Descriptor | undefined> {
  const stat = await statPath(blobPath(path, digest));
  if (stat?.kind !== 'file' || stat.size > maxManifestSize) return undefined;
  const bytes = await readWhole(blobPath(path, digest), maxManifestSize);
  // Layers and configurations are no manifests; what only looks like one is checked when it is read.
  if (bytes[0] !== 0x7b || !bytes.includes('"subject"')) return undefined;
  try {
    const referrer = describeReferrer(bytes, digest, 'application/vnd.oci.image.manifest.v1+json');
    return referrer?.subject.digest === subject ? referrer.descriptor : undefined;
  } catch (error) {
    if (isAppError(error, 'OCI_MANIFEST_INVALID')) return undefined;
    throw error;
  }
}

function invalid(path: string, reason: string): Error {
  return evidenceError('EVIDENCE_LAYOUT_INVALID', { data: { path, reason } });
}
