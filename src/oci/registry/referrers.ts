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
  const { manifests, last } = await fillPage(
    descriptorsOf(
      storage,
      repository,
      digests.filter((digest) => digest > after),
    ),
    wanted,
    settings.maxReferrersPage,
  );
  const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests };
  return json(200, index, {
    'content-type': mediaTypes.ociIndex,
    ...(wanted !== null && { 'oci-filters-applied': 'artifactType' }),
    ...(last !== undefined && { link: `<${nextPage(url, last)}>; rel="next"` }),
  });
}

async function fillPage(
  descriptors: AsyncIterable<Descriptor>,
  wanted: string | null,
  maxSize: number,
): Promise<ReferrerPage> {
  const manifests: Descriptor[] = [];
  let size = 0;
  for await (const descriptor of descriptors) {
    if (wanted !== null && descriptor.artifactType !== wanted) continue;
    size += Buffer.byteLength(JSON.stringify(descriptor)) + 1;
    const last = manifests.at(-1)?.digest;
    if (size > maxSize && last !== undefined) return { manifests, last };
    manifests.push(descriptor);
  }
  return { manifests };
}

function nextPage(url: URL, last: string): string {
  const next = new URL(url);
  next.searchParams.set('last', last);
  return `${next.pathname}${next.search}`;
}

async function* descriptorsOf(
  storage: Storage,
  repository: string,
  digests: readonly Digest[],
): AsyncGenerator<Descriptor, void, undefined> {
  for (const digest of digests) {
    const found = await readManifest(storage, repository, digest);
    const referrer = found && describeReferrer(found.bytes, digest, found.mediaType);
    if (referrer !== undefined) yield referrer.descriptor;
  }
}
