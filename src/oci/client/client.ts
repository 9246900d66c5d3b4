import {
  type Clock,
  type Digest,
  describeError,
  type Fetch,
  type ImageReference,
  type Logger,
} from '../../core/index.ts';
import { collectBytes } from '../../kit/collect.ts';
import { sleep as realSleep, type Sleep } from '../../kit/sleep.ts';
import { anonymous, type CredentialSource } from '../credentials/credential.ts';
import { ociError } from '../errors.ts';
import type { Descriptor } from '../manifest.ts';
import { verified } from '../verified.ts';
import { streamRemoteBlob } from './blob.ts';
import { fetchManifest, headManifest, type RemoteManifest } from './manifest.ts';
import { type MirrorRules, type Place, placesOf, sourcePlace } from './place.ts';
import { type BlobUpload, type PushOptions, pushBlob, pushManifest } from './push.ts';
import { retryRules, Transport } from './transport.ts';

export interface RegistryClientOptions {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sleep?: Sleep;
  readonly credentials?: CredentialSource;
  readonly insecureHosts?: readonly string[];
  readonly mirrors?: MirrorRules;
  /** How often a request that fails in passing is sent; 4 unless said otherwise. */
  readonly attempts?: number;
}

/** One repository at one place. */
export interface RemoteRepository {
  readonly place: Place;
  manifest(reference: string, signal?: AbortSignal): Promise<RemoteManifest>;
  head(reference: string, signal?: AbortSignal): Promise<{ digest?: Digest; mediaType: string } | undefined>;
  /** A whole small blob, checked. @throws OCI_DIGEST_MISMATCH */
  readBlob(blob: Pick<Descriptor, 'digest' | 'size'>, limit: number, signal?: AbortSignal): Promise<Buffer>;
  /** A blob as a stream, checked at its end. @throws OCI_DIGEST_MISMATCH */
  streamBlob(blob: Pick<Descriptor, 'digest' | 'size'>, signal?: AbortSignal): AsyncIterable<Buffer>;
  pushBlob(blob: BlobUpload, options?: PushOptions): Promise<'pushed' | 'mounted' | 'present'>;
  pushManifest(
    manifest: { readonly reference: string; readonly bytes: Uint8Array; readonly mediaType: string },
    options?: PushOptions,
  ): Promise<void>;
}

export interface OpenedReference {
  readonly repository: RemoteRepository;
  readonly manifest: RemoteManifest;
}

export interface RegistryClient {
  /** The repository where its name says, without mirrors: for all that writes. */
  repository(reference: ImageReference): RemoteRepository;
  /** Gets the manifest of a reference from the first mirror that has it, or the source. */
  open(reference: ImageReference, signal?: AbortSignal): Promise<OpenedReference>;
  /** The digest that a reference means, at the first mirror that has it or the source, by HEAD where that tells. */
  resolve(reference: ImageReference, signal?: AbortSignal): Promise<Digest>;
}

/** A client that keeps logins and connections for as long as it is used. */
export function makeRegistryClient(options: RegistryClientOptions): RegistryClient {
  const { fetch, clock, log, sleep = realSleep, credentials = anonymous, insecureHosts = [], mirrors = {} } = options;
  const { attempts = retryRules.attempts } = options;
  const transport = new Transport({ fetch, clock, log, sleep, credentials, insecureHosts, attempts });
  const at = (place: Place): RemoteRepository => repositoryAt(place, transport, sleep);
  /** What the first mirror that succeeds says, or the source. */
  const atFirst = async <T>(
    reference: ImageReference,
    ask: (repository: RemoteRepository) => Promise<T>,
    signal: AbortSignal | undefined,
  ): Promise<T> => {
    const places = placesOf(reference, mirrors);
    for (const place of places.slice(0, -1)) {
      try {
        return await ask(at(place));
      } catch (error) {
        signal?.throwIfAborted();
        log.warn('A mirror was passed over', { mirror: place.host, reason: describeError(error) });
      }
    }
    return ask(at(places.at(-1) ?? sourcePlace(reference)));
  };
  return {
    repository: (reference) => at(sourcePlace(reference)),
    open: (reference, signal) => {
      const wanted = wantedOf(reference);
      const ask = async (repository: RemoteRepository): Promise<OpenedReference> => ({
        repository,
        manifest: await repository.manifest(wanted, signal),
      });
      return atFirst(reference, ask, signal);
    },
    resolve: (reference, signal) =>
      atFirst(reference, (repository) => resolveAt(repository, wantedOf(reference), signal), signal),
  };
}

function wantedOf({ digest, tag }: ImageReference): string {
  return digest ?? tag ?? 'latest';
}

/** A registry need not state the digest in its answer to HEAD. */
async function resolveAt(repository: RemoteRepository, wanted: string, signal?: AbortSignal): Promise<Digest> {
  const found = await repository.head(wanted, signal);
  if (found === undefined) {
    const data = { ...repository.place, what: `manifest ${wanted}`, detail: 'status 404' };
    throw ociError('OCI_REMOTE_NOT_FOUND', { data });
  }
  return found.digest ?? (await repository.manifest(wanted, signal)).digest;
}

function repositoryAt(place: Place, transport: Transport, sleep: Sleep): RemoteRepository {
  const streamBlob: RemoteRepository['streamBlob'] = (blob, signal) =>
    verified(streamRemoteBlob(place, blob, { transport, sleep, signal }), blob.digest, blob.size);
  return {
    place,
    manifest: (reference, signal) => fetchManifest(transport, place, reference, signal),
    head: (reference, signal) => headManifest(transport, place, reference, signal),
    streamBlob,
    async readBlob(blob, limit, signal) {
      const bytes = await collectBytes(streamBlob(blob, signal), limit);
      if (bytes !== undefined) return bytes;
      const reason = `the blob ${blob.digest} is larger than ${limit} bytes`;
      throw ociError('OCI_RESPONSE_INVALID', { data: { host: place.host, reason } });
    },
    pushBlob: (blob, pushOptions) => pushBlob(transport, place, blob, pushOptions),
    pushManifest: (manifest, pushOptions) => pushManifest(transport, place, manifest, pushOptions),
  };
}
