import { familiarName, formatImageReference, type ImageReference } from '../core/index.ts';
import type { RegistryClient, RemoteRepository } from './client/client.ts';
import { descend } from './descend.ts';
import type { Image } from './image.ts';
import { assembleImage, type BlobReader } from './layout/assemble.ts';
import { type Descriptor, type Platform, parseManifest } from './manifest.ts';

export interface RemoteImageOptions {
  /** The name as the user wrote it. */
  readonly name: string;
  readonly platform?: Platform;
  readonly signal?: AbortSignal;
}

/**
 * Opens an image of a registry. Names stay those that were asked for, whatever mirror the bytes come from.
 * @throws OCI_*, NET_*
 */
export async function openRemoteImage(
  client: RegistryClient,
  reference: ImageReference,
  options: RemoteImageOptions,
): Promise<Image> {
  const { repository, manifest } = await client.open(reference, options.signal);
  const { digest, bytes } = manifest;
  const name = formatImageReference(reference);
  const parsed = parseManifest(bytes, digest);
  const read = async (entry: Descriptor): Promise<Uint8Array> =>
    (await repository.manifest(entry.digest, options.signal)).bytes;
  const { platform } = options;
  const chosen =
    parsed.kind === 'manifest'
      ? { manifest: parsed, digest }
      : await descend(parsed.manifests, { name, read, ...(platform !== undefined && { platform }) });
  const image = await assembleImage(options.name, chosen.manifest, chosen.digest, remoteBlobs(repository, options));
  const familiar = familiarName(reference);
  const tag = reference.digest === undefined ? (reference.tag ?? 'latest') : undefined;
  const repoTags = tag === undefined ? [] : [`${familiar}:${tag}`];
  const repoDigests = [`${familiar}@${digest}`];
  return { ...image, repoTags, repoDigests, reference: repoTags[0] ?? (repoDigests[0] as string) };
}

function remoteBlobs(repository: RemoteRepository, { signal }: RemoteImageOptions): BlobReader {
  return {
    read: (blob, limit) => repository.readBlob(blob, limit, signal),
    stream: (blob, streamSignal) => repository.streamBlob(blob, streamSignal ?? signal),
  };
}
