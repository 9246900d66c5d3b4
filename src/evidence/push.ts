import { createHash } from 'node:crypto';
import type { Digest } from '../core/index.ts';
import type { Descriptor, RemoteRepository } from '../oci/index.ts';

export const ociManifestType = 'application/vnd.oci.image.manifest.v1+json';
export const ociConfigType = 'application/vnd.oci.image.config.v1+json';

/** What attaching needs to know of a place. */
export interface AttachOptions {
  readonly signal?: AbortSignal;
}

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}

/** Pushes bytes as a blob, and tells how a manifest names them. */
export async function pushBytes(
  repository: RemoteRepository,
  bytes: Uint8Array,
  mediaType: string,
  { signal }: AttachOptions,
): Promise<Descriptor> {
  const descriptor = { mediaType, size: bytes.length, digest: digestOf(bytes) };
  await repository.pushBlob({ ...descriptor, open: () => bytes }, signal === undefined ? {} : { signal });
  return descriptor;
}
