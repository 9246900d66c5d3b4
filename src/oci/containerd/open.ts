import { join } from 'node:path';
import { type Digest, familiarName, formatImageReference, type ImageReference, isAppError } from '../../core/index.ts';
import { statPath } from '../../disk/index.ts';
import { descend } from '../descend.ts';
import { ociError } from '../errors.ts';
import type { Image } from '../image.ts';
import { assembleImage } from '../layout/assemble.ts';
import { blobPath, directoryBlobs } from '../layout/directory.ts';
import { type Descriptor, type Manifest, maxManifestSize, type Platform, parseManifest } from '../manifest.ts';
import { findTarget } from './metadata.ts';

export interface ContainerdImageOptions {
  /** The name as the user wrote it. */
  readonly name: string;
  readonly platform?: Platform;
  /** CONTAINERD_NAMESPACE tells where to look; all namespaces otherwise. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** containerd's directory; `/var/lib/containerd` unless given. */
  readonly root?: string;
}

const usualRoot = '/var/lib/containerd';
const metadata = 'io.containerd.metadata.v1.bolt/meta.db';
const content = 'io.containerd.content.v1.content';

/**
 * An image of containerd's store, read where it lies: names from its database, blobs from its content directory.
 * @throws OCI_CONTAINERD_ABSENT, OCI_CONTAINERD_NO_IMAGE, OCI_BLOB_MISSING, OCI_PLATFORM_NOT_FOUND, DISK_UNREADABLE, CODEC_BOLT_INVALID
 */
export async function openContainerdImage(
  reference: ImageReference,
  { name, platform, environment, root = usualRoot }: ContainerdImageOptions,
): Promise<Image> {
  const target = find(join(root, metadata), reference, environment['CONTAINERD_NAMESPACE'] || undefined);
  const directory = join(root, content);
  const blobs = directoryBlobs(directory);
  const size = (await statPath(blobPath(directory, target)))?.size;
  if (size === undefined) throw ociError('OCI_BLOB_MISSING', { data: { digest: target } });
  const bytes = await blobs.read({ digest: target, size, mediaType: '' }, maxManifestSize);
  const parsed = parseManifest(bytes, target);
  const read = (entry: Descriptor): Promise<Uint8Array> => blobs.read(entry, maxManifestSize);
  const chosen =
    parsed.kind === 'manifest'
      ? { manifest: parsed, digest: target }
      : await descend(parsed.manifests, { name, read, ...(platform !== undefined && { platform }) });
  await assertComplete(directory, chosen.manifest);
  const image = await assembleImage(name, chosen.manifest, chosen.digest, blobs);
  return { ...image, ...namesOf(reference, target) };
}

/** Absent is one thing, and a store that may not be read another. */
function find(path: string, reference: ImageReference, namespace: string | undefined): Digest {
  const wanted = formatImageReference(reference.digest === undefined ? { tag: 'latest', ...reference } : reference);
  try {
    const target = findTarget(path, wanted, namespace);
    if (target !== undefined) return target.digest;
  } catch (error) {
    if (isAppError(error, 'DISK_NOT_FOUND')) throw ociError('OCI_CONTAINERD_ABSENT', { data: { path }, cause: error });
    throw error;
  }
  throw ociError('OCI_CONTAINERD_NO_IMAGE', { data: { reference: wanted, namespace: namespace ?? 'any namespace' } });
}

/** containerd may be set to drop the packed layers once they are unpacked: such an image has to be had elsewhere. */
async function assertComplete(directory: string, { layers }: Manifest): Promise<void> {
  for (const { digest } of layers) {
    if ((await statPath(blobPath(directory, digest))) === undefined) {
      throw ociError('OCI_BLOB_MISSING', { data: { digest } });
    }
  }
}

function namesOf(reference: ImageReference, digest: Digest): Pick<Image, 'repoTags' | 'repoDigests' | 'reference'> {
  const familiar = familiarName(reference);
  const repoDigest = `${familiar}@${digest}`;
  if (reference.digest !== undefined) return { repoTags: [], repoDigests: [repoDigest], reference: repoDigest };
  const repoTag = `${familiar}:${reference.tag ?? 'latest'}`;
  return { repoTags: [repoTag], repoDigests: [repoDigest], reference: repoTag };
}
