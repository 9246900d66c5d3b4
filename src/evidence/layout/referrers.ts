import { join } from 'node:path';
import { type Digest, isAppError, isDigest } from '../../core/index.ts';
import { listDirectory, readWhole, statPath } from '../../disk/index.ts';
import { blobPath, type Descriptor, describeReferrer, maxManifestSize } from '../../oci/index.ts';
import { layoutInvalid } from '../errors.ts';

const maxBlobs = 10_000;

/** Referrers by their subject. They lie among the blobs, and nothing need list them: every small blob that is a manifest with a subject. */
export async function scanReferrers(path: string): Promise<ReadonlyMap<Digest, readonly Descriptor[]>> {
  const names = await listDirectory(join(path, 'blobs', 'sha256'));
  if (names.length > maxBlobs) throw layoutInvalid(path, `it has more than ${maxBlobs} blobs`);
  const found = new Map<Digest, Descriptor[]>();
  for (const name of names) {
    const digest = `sha256:${name}`;
    const referrer = isDigest(digest) ? await readReferrer(path, digest) : undefined;
    if (referrer === undefined) continue;
    const { subject, descriptor } = referrer;
    found.set(subject.digest, [...(found.get(subject.digest) ?? []), descriptor]);
  }
  return found;
}

async function readReferrer(path: string, digest: Digest): Promise<ReturnType<typeof describeReferrer>> {
  const stat = await statPath(blobPath(path, digest));
  if (stat?.kind !== 'file' || stat.size > maxManifestSize) return undefined;
  const bytes = await readWhole(blobPath(path, digest), maxManifestSize);
  // Layers and configurations are no manifests; what only looks like one is checked when it is read.
  if (bytes[0] !== 0x7b || !bytes.includes('"subject"')) return undefined;
  try {
    return describeReferrer(bytes, digest, 'application/vnd.oci.image.manifest.v1+json');
  } catch (error) {
    if (isAppError(error, 'OCI_MANIFEST_INVALID')) return undefined;
    throw error;
  }
}
