import { digestAlgorithm, digestHex, isAppError } from '../core/index.ts';
import type { RemoteRepository } from '../oci/index.ts';
import type { EvidenceSource } from './source.ts';

/** Evidence in a repository of a registry. */
export function registrySource(repository: RemoteRepository, signal?: AbortSignal): EvidenceSource {
  const manifest = async (reference: string): Promise<Uint8Array | undefined> => {
    try {
      return (await repository.manifest(reference, signal)).bytes;
    } catch (error) {
      if (isAppError(error, 'OCI_REMOTE_NOT_FOUND')) return undefined;
      throw error;
    }
  };
  return {
    manifest,
    legacy: (digest, suffix) => manifest(`${digestAlgorithm(digest)}-${digestHex(digest)}.${suffix}`),
    blob: (blob, limit) => repository.readBlob(blob, limit, signal),
    referrers: async (digest) =>
      (await repository.referrers(digest, signal === undefined ? {} : { signal })).descriptors,
  };
}
