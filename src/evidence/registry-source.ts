import { type Digest, isAppError } from '../core/index.ts';
import type { RemoteRepository } from '../oci/index.ts';
import { type EvidenceSource, legacyTag, type StoredManifest } from './source.ts';

/** Evidence in a repository of a registry. */
export function registrySource(repository: RemoteRepository, signal?: AbortSignal): EvidenceSource {
  const manifest = async (reference: string): Promise<StoredManifest | undefined> => {
    try {
      return await repository.manifest(reference, signal);
    } catch (error) {
      if (isAppError(error, 'OCI_REMOTE_NOT_FOUND')) return undefined;
      throw error;
    }
  };
  return {
    manifest,
    legacy: (digest: Digest, suffix) => manifest(legacyTag(digest, suffix)),
    blob: (blob, limit) => repository.readBlob(blob, limit, signal),
    stream: (blob) => repository.streamBlob(blob, signal),
    referrers: async (digest) =>
      (await repository.referrers(digest, signal === undefined ? {} : { signal })).descriptors,
  };
}
