import type { ImageReference } from '../../core/index.ts';
import type { RegistryClient, RemoteRepository } from '../client/client.ts';
import type { ContentSource, StoredContent } from './content.ts';

/** What a reference means, at the first mirror that has it or the source. @throws OCI_*, NET_* */
export async function openRemoteContent(
  client: RegistryClient,
  reference: ImageReference,
  signal?: AbortSignal,
): Promise<StoredContent> {
  const { repository, manifest } = await client.open(reference, signal);
  return { source: remoteSource(repository), manifest };
}

/** The content of a repository. */
export function remoteSource(repository: RemoteRepository): ContentSource {
  const { place } = repository;
  return {
    name: `${place.host}/${place.repository}`,
    place,
    has: ({ digest }, signal) => repository.hasBlob(digest, signal),
    manifest: ({ digest }, signal) => repository.manifest(digest, signal),
    read: (blob, limit, signal) => repository.readBlob(blob, limit, signal),
    stream: (blob, signal) => repository.streamBlob(blob, signal),
  };
}
