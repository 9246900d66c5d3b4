import { type Digest, isDigest } from '../../core/index.ts';
import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { type Descriptor, mediaTypes } from '../manifest.ts';
import { describeReferrer } from '../referrer.ts';
import { json, refuse } from './errors.ts';
import { readManifest } from './manifest-record.ts';
import { names, unflat } from './names.ts';
import type { RegistryState } from './state.ts';
import type { Storage } from './storage.ts';

interface ReferrerPage {
  readonly manifests: readonly Descriptor[];
  /** The last digest of the page when there are more. */
  readonly last?: Digest;
}

/**
 * Manifests that name another as their subject, in pages of a bounded size (distribution-spec, "Listing Referrers").
 * The index holds digests only; what is said of each is read from its manifest, so that it is never out of date.
 */
export async function serveReferrers(
  { storage, settings }: RegistryState,
  repository: string,
  subject: string,
  { url }: ServedRequest,
): Promise<ServedResponse> {
  if (!isDigest(subject)) return refuse('DIGEST_INVALID', 'the digest is not valid');
  const wanted = url.searchParams.get('artifactType');
  const after = url.searchParams.get('last') ?? '';
  const digests = (await storage.list(names.referrers(repository, subject))).map(unflat).filter(isDigest);
  const rest = digests.filter((digest) => digest > after);
  const read = (digest: Digest): Promise<Descriptor | undefined> => describe(storage, repository, digest);
  const { manifests, last } = await fillPage(rest, read, { wanted, maxSize: settings.maxReferrersPage });
  const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests };
  return json(200, index, {
    'content-type': mediaTypes.ociIndex,
    ...(wanted !== null && { 'oci-filters-applied': 'artifactType' }),
    ...(last !== undefined && { link: `<${nextPage(url, last)}>; rel="next"` }),
  });
}

interface PageRule {
  /** The artifact type asked for; null for all. */
  readonly wanted: string | null;
  /** Bytes of the page. */
  readonly maxSize: number;
}

/** How much more is read than is sent, where a filter leaves little: then a page may even be empty, and the next one goes on. */
const readFactor = 16;

async function fillPage(
  digests: readonly Digest[],
  read: (digest: Digest) => Promise<Descriptor | undefined>,
  { wanted, maxSize }: PageRule,
): Promise<ReferrerPage> {
  const manifests: Descriptor[] = [];
  const size = { sent: 0, read: 0 };
  let last: Digest | undefined;
  for (const digest of digests) {
    const descriptor = await read(digest);
    const isWanted = descriptor !== undefined && (wanted === null || descriptor.artifactType === wanted);
    size.read += descriptor?.size ?? 0;
    if (isWanted) size.sent += Buffer.byteLength(JSON.stringify(descriptor)) + 1;
    const isFull = size.sent > maxSize || size.read > maxSize * readFactor;
    if (isFull && last !== undefined) return { manifests, last };
    if (isWanted) manifests.push(descriptor);
    last = digest;
  }
  return { manifests };
}

function nextPage(url: URL, last: string): string {
  const next = new URL(url);
  next.searchParams.set('last', last);
  return `${next.pathname}${next.search}`;
}

async function describe(storage: Storage, repository: string, digest: Digest): Promise<Descriptor | undefined> {
  const found = await readManifest(storage, repository, digest);
  return found && describeReferrer(found.bytes, digest, found.mediaType)?.descriptor;
}
