import type { Digest } from '../../core/index.ts';
import type { RemoteRepository } from '../../oci/index.ts';
import type { EvidenceTarget } from './target.ts';

export interface RegistryTargetOptions {
  /** A repository of the same registry that may hold blobs already. */
  readonly mountFrom?: string;
  readonly signal?: AbortSignal;
}

/** A repository of a registry. */
export function registryTarget(
  repository: RemoteRepository,
  { mountFrom, signal }: RegistryTargetOptions,
): EvidenceTarget {
  const digestOf = async (reference: string): Promise<Digest | undefined> => {
    const head = await repository.head(reference, signal);
    // A registry need not state the digest in its answer to HEAD.
    return head === undefined ? undefined : (head.digest ?? (await repository.manifest(reference, signal)).digest);
  };
  return {
    digestOf,
    referrers: async (subject) => {
      const { descriptors, source } = await repository.referrers(subject, signal === undefined ? {} : { signal });
      return { digests: descriptors.map(({ digest }) => digest), by: source };
    },
    putBlob: ({ digest, size }, open) =>
      repository.pushBlob(
        { digest, size, open },
        { ...(mountFrom !== undefined && { mountFrom }), ...(signal !== undefined && { signal }) },
      ),
    putManifest: async ({ bytes, digest, mediaType }, tag) => {
      await repository.pushManifest({ reference: tag ?? digest, bytes, mediaType }, signal);
    },
    finish: async ({ bytes, digest, mediaType }, tag) => {
      if (tag === undefined || (await digestOf(tag)) === digest) return;
      await repository.pushManifest({ reference: tag, bytes, mediaType }, signal);
    },
  };
}
