import type { Digest } from '../../core/index.ts';
import type { Sleep } from '../../kit/sleep.ts';
import { drain, readWholeBody } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { type Descriptor, maxManifestSize, mediaTypes, parseManifest, parseObject } from '../manifest.ts';
import { isSubjectOfTag, type Referrer, referrersTag } from '../referrer.ts';
import type { Place } from './place.ts';
import type { Transport } from './transport.ts';

type Entry = Descriptor | Readonly<Record<string, unknown>>;

/** The index under a referrers tag. */
interface TaggedReferrers {
  readonly descriptors: readonly Descriptor[];
  /** The same as they are written, with what is not read. */
  readonly entries: readonly Entry[];
  /** The version for If-Match, where the registry gives one. */
  readonly etag: string | undefined;
  readonly exists: boolean;
}

export interface TagContext {
  readonly transport: Transport;
  readonly place: Place;
  readonly sleep: Sleep;
  readonly signal?: AbortSignal;
}

const attempts = 12;
const pause = 50;

/** Reads the index under a referrers tag; an empty one when there is none. @throws OCI_RESPONSE_INVALID, OCI_MANIFEST_INVALID */
export async function readReferrersTag(
  transport: Transport,
  place: Place,
  tag: string,
  signal?: AbortSignal,
): Promise<TaggedReferrers> {
  const { response } = await transport.send(place, {
    method: 'GET',
    path: `manifests/${tag}`,
    action: 'pull',
    what: `referrers ${tag}`,
    accept: [200, 404],
    headers: { accept: mediaTypes.ociIndex },
    ...(signal !== undefined && { signal }),
  });
  if (response.status === 404) {
    await drain(response);
    return { descriptors: [], entries: [], etag: undefined, exists: false };
  }
  const bytes = await readWholeBody(response, place.host, maxManifestSize);
  const parsed = parseManifest(bytes, tag);
  if (isSubjectOfTag(bytes, tag)) return { descriptors: [], entries: [], etag: response.headers['etag'], exists: true };
  if (parsed.kind !== 'index') {
    throw ociError('OCI_RESPONSE_INVALID', { data: { host: place.host, reason: `the tag ${tag} is not an index` } });
  }
  const entries = (parseObject(bytes)?.['manifests'] ?? []) as readonly Entry[];
  return { descriptors: parsed.manifests, entries, etag: response.headers['etag'], exists: true };
}

/** Lists a manifest under the tag of its subject, where the registry does not do so itself. */
export function addReferrer({ subject, descriptor }: Referrer, context: TagContext): Promise<void> {
  return changeTag(subject.digest, context, {
    isDone: (all) => all.some(({ digest }) => digest === descriptor.digest),
    change: (all) => [...all, descriptor],
  });
}

/** Takes a manifest from the list under the tag of its subject. */
export function removeReferrer(subject: Digest, digest: Digest, context: TagContext): Promise<void> {
  return changeTag(subject, context, {
    isDone: (all) => !all.some((descriptor) => descriptor.digest === digest),
    change: (all) => all.filter((entry) => entry['digest'] !== digest),
  });
}

interface Change {
  readonly isDone: (all: readonly Descriptor[]) => boolean;
  readonly change: (all: readonly Entry[]) => readonly Entry[];
}

/**
 * Changes the list under a tag so that nothing of another writer is lost: the registry refuses to replace another
 * version than the one read where it knows If-Match, and where it does not the tag is read again until it holds the change.
 * @throws OCI_REFERRERS_CONTENDED
 */
async function changeTag(subject: Digest, context: TagContext, { isDone, change }: Change): Promise<void> {
  const { transport, place, signal } = context;
  const tag = referrersTag(subject);
  for (let count = 0; count < attempts; count++) {
    if (count > 1) await context.sleep(pause * count * (0.5 + Math.random()), signal);
    const known = await readReferrersTag(transport, place, tag, signal);
    if (isDone(known.descriptors)) return;
    await putList(tag, change(known.entries), known, context);
  }
  const last = await readReferrersTag(transport, place, tag, signal);
  if (!isDone(last.descriptors)) throw ociError('OCI_REFERRERS_CONTENDED', { data: { host: place.host, tag } });
}

async function putList(
  tag: string,
  manifests: readonly Entry[],
  known: TaggedReferrers,
  { transport, place, signal }: TagContext,
): Promise<void> {
  const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests };
  const { exists, etag } = known;
  const condition = { ...(!exists && { 'if-none-match': '*' }), ...(etag !== undefined && { 'if-match': etag }) };
  const { response } = await transport.send(place, {
    method: 'PUT',
    path: `manifests/${tag}`,
    action: 'push',
    what: `referrers ${tag}`,
    accept: [201, 202, 409, 412],
    headers: { 'content-type': mediaTypes.ociIndex, ...condition },
    body: () => Buffer.from(JSON.stringify(index)),
    ...(signal !== undefined && { signal }),
  });
  await drain(response);
}
