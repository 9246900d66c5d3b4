import type { Digest } from '../../core/index.ts';
import { drain, readWholeBody } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { type Descriptor, maxManifestSize, mediaTypes, parseManifest, parseObject } from '../manifest.ts';
import { isSubjectOfTag, type Referrer, referrersTag } from '../referrer.ts';
import { changeTag, type TaggedManifest } from './change-tag.ts';
import type { Place } from './place.ts';
import type { PushContext } from './push.ts';
import type { Transport } from './transport.ts';

type Entry = Descriptor | Readonly<Record<string, unknown>>;

/** The index under a referrers tag. */
interface TaggedReferrers {
  readonly descriptors: readonly Descriptor[];
  /** The same as they are written, with what is not read. */
  readonly entries: readonly Entry[];
}

export interface TagContext extends PushContext {
  readonly signal?: AbortSignal;
}

const nothing: TaggedReferrers = { descriptors: [], entries: [] };

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
    return nothing;
  }
  return readList(await readWholeBody(response, place.host, maxManifestSize), tag, place);
}

function readList(bytes: Buffer, tag: string, place: Place): TaggedReferrers {
  const parsed = parseManifest(bytes, tag);
  if (isSubjectOfTag(bytes, tag)) return nothing;
  if (parsed.kind !== 'index') {
    throw ociError('OCI_RESPONSE_INVALID', { data: { host: place.host, reason: `the tag ${tag} is not an index` } });
  }
  const entries = (parseObject(bytes)?.['manifests'] ?? []) as readonly Entry[];
  return { descriptors: parsed.manifests, entries };
}

/** Lists a manifest under the tag of its subject, where the registry does not do so itself. */
export function addReferrer({ subject, descriptor }: Referrer, context: TagContext): Promise<void> {
  return changeList(subject.digest, context, {
    isDone: (all) => all.some(({ digest }) => digest === descriptor.digest),
    change: (all) => [...all, descriptor],
  });
}

/** Takes a manifest from the list under the tag of its subject. */
export function removeReferrer(subject: Digest, digest: Digest, context: TagContext): Promise<void> {
  return changeList(subject, context, {
    isDone: (all) => !all.some((descriptor) => descriptor.digest === digest),
    change: (all) => all.filter((entry) => entry['digest'] !== digest),
  });
}

interface Change {
  readonly isDone: (all: readonly Descriptor[]) => boolean;
  readonly change: (all: readonly Entry[]) => readonly Entry[];
}

/** Changes the list under the tag of a subject. @throws OCI_REFERRERS_CONTENDED, OCI_RESPONSE_INVALID, OCI_MANIFEST_INVALID */
function changeList(subject: Digest, context: TagContext, { isDone, change }: Change): Promise<void> {
  const { place, signal } = context;
  const tag = referrersTag(subject);
  const next = (bytes: Buffer | undefined): TaggedManifest | undefined => {
    const { descriptors, entries } = bytes === undefined ? nothing : readList(bytes, tag, place);
    if (isDone(descriptors)) return undefined;
    const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: change(entries) };
    return { bytes: Buffer.from(JSON.stringify(index)), mediaType: mediaTypes.ociIndex };
  };
  return changeTag(context, tag, next, signal);
}
