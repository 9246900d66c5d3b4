import type { Digest } from '../../core/index.ts';
import { drain, readWholeBody } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { type Descriptor, maxManifestSize, mediaTypes, parseManifest } from '../manifest.ts';
import { referrersTag } from '../referrer.ts';
import { nextPage } from './next-page.ts';
import type { Place } from './place.ts';
import { readReferrersTag } from './referrers-tag.ts';
import type { Transport } from './transport.ts';

export interface ReferrersOptions {
  /** Only referrers of this type. */
  readonly artifactType?: string;
  readonly signal?: AbortSignal;
}

export interface Referrers {
  readonly descriptors: readonly Descriptor[];
  /** The registry's own list, or the tag that stands in for it. */
  readonly source: 'api' | 'tag';
}

const maxPages = 1000;
const maxReferrers = 100_000;
/** What registries without the list answer: no such path, name, method or digest form. */
const absent: readonly number[] = [400, 404, 405, 406, 501];

/**
 * Manifests that name another as their subject, from the registry's list or the tag in its place (distribution-spec,
 * "Listing Referrers"). @throws OCI_RESPONSE_INVALID, OCI_MANIFEST_INVALID
 */
export async function listReferrers(
  transport: Transport,
  place: Place,
  subject: Digest,
  { artifactType, signal }: ReferrersOptions = {},
): Promise<Referrers> {
  const query = artifactType === undefined ? '' : `?artifactType=${encodeURIComponent(artifactType)}`;
  const listed = await readPages(transport, place, `referrers/${subject}${query}`, signal);
  const all = listed ?? (await readReferrersTag(transport, place, referrersTag(subject), signal)).descriptors;
  // A registry need not filter, and says nothing reliable about whether it did.
  const descriptors =
    artifactType === undefined ? all : all.filter((descriptor) => descriptor.artifactType === artifactType);
  return { descriptors, source: listed === undefined ? 'tag' : 'api' };
}

async function readPages(
  transport: Transport,
  place: Place,
  start: string,
  signal: AbortSignal | undefined,
): Promise<readonly Descriptor[] | undefined> {
  const all: Descriptor[] = [];
  let path: string | URL | undefined = start;
  for (let page = 0; path !== undefined; page++) {
    const { response, url } = await transport.send(place, {
      method: 'GET',
      path,
      action: 'pull',
      what: 'list of referrers',
      accept: page === 0 ? [200, ...absent] : [200],
      headers: { accept: mediaTypes.ociIndex },
      ...(signal !== undefined && { signal }),
    });
    if (page === 0 && !isIndex(response)) {
      await drain(response);
      return undefined;
    }
    const parsed = parseManifest(await readWholeBody(response, place.host, maxManifestSize), 'of the referrers');
    if (parsed.kind !== 'index') throw invalid(place, 'a list of referrers is not an index');
    all.push(...parsed.manifests);
    if (page >= maxPages || all.length > maxReferrers) throw invalid(place, 'its list of referrers has no end');
    path = nextPage(response, url, place);
  }
  return all;
}

/** Servers that know no such path may answer it with a page of their own. */
function isIndex({
  status,
  headers,
}: {
  status: number;
  headers: Readonly<Record<string, string | undefined>>;
}): boolean {
  return status === 200 && headers['content-type']?.split(';')[0]?.trim() === mediaTypes.ociIndex;
}

function invalid(place: Place, reason: string): Error {
  return ociError('OCI_RESPONSE_INVALID', { data: { host: place.host, reason } });
}
