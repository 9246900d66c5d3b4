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
import type { BlobUpload } from './blob-reading.ts';
import { changeTag, type TagChange } from './change-tag.ts';
import { deleteContent, deleteManifest } from './delete.ts';
import { type ListOptions, listCatalog, listTags } from './list.ts';
import {
  fetchManifest,
  headManifest,
  type ManifestHead,
  type ManifestUpload,
  pushManifest,
  type RemoteManifest,
} from './manifest.ts';
import { type Place, placesOf, type Routes, sourcePlace } from './place.ts';
import { hasBlob, type PushContext, type PushOptions, pushBlob } from './push.ts';
import { listReferrers, type Referrers, type ReferrersOptions } from './referrers.ts';
import type { TokenAnswer } from './token.ts';
import { type RetryRules, retryRules, Transport } from './transport.ts';
import { takesUploads } from './upload.ts';

export interface RegistryClientOptions extends Routes {
  readonly fetch: Fetch;
  readonly clock: Clock;
  readonly log: Logger;
  readonly sleep?: Sleep;
  readonly credentials?: CredentialSource;
  readonly insecureHosts?: readonly string[];
  /** How patient requests are; 4 attempts over 3.5 seconds unless said otherwise. */
  readonly retries?: Partial<RetryRules>;
  /** Requests of each kind, reading and writing, to one host at the same time; 8 unless said otherwise. */
  readonly perHost?: number;
}

/** What of a descriptor is needed to get a blob; without a size only the digest is checked. */
export type BlobWish = Pick<Descriptor, 'digest'> & Partial<Pick<Descriptor, 'size'>>;

/** One repository at one place. */
export interface RemoteRepository {
  readonly place: Place;
  manifest(reference: string, signal?: AbortSignal): Promise<RemoteManifest>;
  head(reference: string, signal?: AbortSignal): Promise<ManifestHead | undefined>;
  hasBlob(digest: Digest, signal?: AbortSignal): Promise<boolean>;
  /** A whole small blob, checked. @throws OCI_DIGEST_MISMATCH */
  readBlob(blob: BlobWish, limit: number, signal?: AbortSignal): Promise<Buffer>;
  /** A blob as a stream, checked at its end. @throws OCI_DIGEST_MISMATCH */
  streamBlob(blob: BlobWish, signal?: AbortSignal): AsyncIterable<Buffer>;
  /** Tags, in the registry's order. */
  tags(options?: ListOptions): AsyncIterable<string>;
  /** Manifests whose subject is this digest. */
  referrers(subject: Digest, options?: ReferrersOptions): Promise<Referrers>;
  /** Whether it takes anything from whom asks; a mirror need not. */
  takesUploads(signal?: AbortSignal): Promise<boolean>;
  /** Sends a blob unless it is there or can be mounted. */
  pushBlob(blob: BlobUpload, options?: PushOptions): Promise<'pushed' | 'mounted' | 'present'>;
  /** Stores a manifest, lists it among its subject's referrers, and tells its digest. */
  pushManifest(manifest: ManifestUpload, signal?: AbortSignal): Promise<Digest>;
  /** Changes the manifest under a tag so that nothing of another writer is lost. @throws OCI_REFERRERS_CONTENDED */
  changeTag(tag: string, change: TagChange, signal?: AbortSignal): Promise<void>;
  /** Deletes a manifest by its digest, or a tag by its name; false when it was not there. */
  deleteManifest(reference: string, signal?: AbortSignal): Promise<boolean>;
  deleteBlob(digest: Digest, signal?: AbortSignal): Promise<boolean>;
}

export interface OpenedReference {
  readonly repository: RemoteRepository;
  readonly manifest: RemoteManifest;
}

/** What is asked of one place; an error means that the next one is asked. */
export type Question<T> = (repository: RemoteRepository) => Promise<T>;

/** What a token is to allow. */
export interface TokenRequest {
  readonly push: boolean;
  /** Other repositories that may be read. */
  readonly mounts: readonly string[];
  readonly signal?: AbortSignal;
}

export interface RegistryClient {
  /** The repository where its name says, without mirrors: for all that writes. */
  repository(reference: Pick<ImageReference, 'registry' | 'repository'>): RemoteRepository;
  /** A token of the service that the registry names, with all that it says of it. */
  token(reference: Pick<ImageReference, 'registry' | 'repository'>, wish: TokenRequest): Promise<TokenAnswer>;
  /** Names of all repositories of a registry. */
  catalog(registry: string, options?: ListOptions): AsyncIterable<string>;
  /** Gets the manifest of a reference from the first mirror that has it, or the source. */
  open(reference: ImageReference, signal?: AbortSignal): Promise<OpenedReference>;
  /** What the first mirror says that gives an answer, or the source. */
  ask<T>(reference: ImageReference, question: Question<T>, signal?: AbortSignal): Promise<T>;
  /** The digest that a reference means, at the first mirror that has it or the source, by HEAD where that tells. */
  resolve(reference: ImageReference, signal?: AbortSignal): Promise<Digest>;
}

const defaultPerHost = 8;

/** A client that keeps logins and connections for as long as it is used. */
export function makeRegistryClient(options: RegistryClientOptions): RegistryClient {
  const { fetch, clock, log, sleep = realSleep, credentials = anonymous, insecureHosts = [] } = options;
  const { perHost = defaultPerHost } = options;
  const retries = { ...retryRules, ...options.retries };
  const transport = new Transport({ fetch, clock, log, sleep, credentials, insecureHosts, retries, perHost });
  const at = (place: Place): RemoteRepository => repositoryAt({ place, transport, sleep });
  const atFirst: RegistryClient['ask'] = async (reference, question, signal) => {
    const places = placesOf(reference, options);
    for (const place of places.slice(0, -1)) {
      try {
        return await question(at(place));
      } catch (error) {
        signal?.throwIfAborted();
        log.warn('A mirror was passed over', { mirror: place.host, reason: describeError(error) });
      }
    }
    return question(at(places.at(-1) ?? sourcePlace(reference)));
  };
  return {
    repository: (reference) => at(sourcePlace(reference, options)),
    token: (reference, wish) => askToken(transport, sourcePlace(reference, options), wish),
    catalog: (registry, list) => listCatalog(transport, sourcePlace({ registry, repository: '' }, options).host, list),
    ask: atFirst,
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

function askToken(transport: Transport, place: Place, { push, mounts, signal }: TokenRequest): Promise<TokenAnswer> {
  const own = `repository:${place.repository}:${push ? 'push,pull' : 'pull'}`;
  return transport.token(place, [own, ...mounts.map((name) => `repository:${name}:pull`)], signal);
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

function repositoryAt(context: PushContext): RemoteRepository {
  const { place, transport, sleep } = context;
  const streamBlob: RemoteRepository['streamBlob'] = (blob, signal) =>
    verified(streamRemoteBlob(place, blob, { transport, sleep, signal }), blob.digest, blob.size);
  return {
    place,
    manifest: (reference, signal) => fetchManifest(transport, place, reference, signal),
    head: (reference, signal) => headManifest(transport, place, reference, signal),
    hasBlob: (digest, signal) => hasBlob(transport, place, digest, signal === undefined ? {} : { signal }),
    streamBlob,
    readBlob: (blob, limit, signal) => readSmall(streamBlob(blob, signal), blob, limit, place),
    tags: (options) => listTags(transport, place, options),
    referrers: (subject, options) => listReferrers(transport, place, subject, options),
    takesUploads: (signal) => takesUploads({ ...context, what: 'an upload', signal, chunkSize: undefined }),
    pushBlob: (blob, options) => pushBlob(context, blob, options),
    pushManifest: (manifest, signal) => pushManifest(context, manifest, signal),
    changeTag: (tag, change, signal) => changeTag(context, tag, change, signal),
    deleteManifest: (reference, signal) => deleteManifest(context, reference, signal),
    deleteBlob: (digest, signal) => deleteContent(transport, place, `blobs/${digest}`, signal),
  };
}

async function readSmall(
  body: AsyncIterable<Buffer>,
  { digest }: BlobWish,
  limit: number,
  { host }: Place,
): Promise<Buffer> {
  const bytes = await collectBytes(body, limit);
  if (bytes !== undefined) return bytes;
  throw ociError('OCI_RESPONSE_INVALID', {
    data: { host, reason: `the blob ${digest} is larger than ${limit} bytes` },
  });
}
