import { drain, readWholeBody } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { maxManifestSize, mediaTypes } from '../manifest.ts';
import type { PushContext } from './push.ts';

/** What is to be under a tag. */
export interface TaggedManifest {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/** The manifest that is to follow `current` (undefined when there is none); undefined when nothing is left to change. */
export type TagChange = (
  current: Buffer | undefined,
) => Promise<TaggedManifest | undefined> | TaggedManifest | undefined;

interface Version {
  readonly bytes: Buffer | undefined;
  /** For If-Match, where the registry gives one. */
  readonly etag: string | undefined;
}

/** Of many writers one wins at a time, and sees it one look later. */
const attempts = 40;
const pause = 50;
const mostPauses = 10;
const leastSettling = 400;
/** How many times as long as we took to change a tag others may take. */
const patience = 4;

/**
 * Changes the manifest under a tag so that nothing of another writer is lost: a registry that knows If-Match refuses to
 * replace another version than the one read. Others do not say so; after a while in which a writer that had read before us
 * has written, the tag is read again, until it holds the change.
 * @throws OCI_REFERRERS_CONTENDED, and what `change` throws
 */
export async function changeTag(
  context: PushContext,
  tag: string,
  change: TagChange,
  signal?: AbortSignal,
): Promise<void> {
  let took = 0;
  let written = false;
  for (let count = 0; count < attempts; count++) {
    if (count > 1) await context.sleep(pause * Math.min(count, mostPauses) * (0.5 + Math.random()), signal);
    const current = await readVersion(context, tag, signal);
    const next = await change(current.bytes);
    if (next === undefined && !written) return;
    if (next !== undefined) {
      // What the change has cost may have been long; between this look and the write there is nothing else.
      const start = performance.now();
      const latest = await readVersion(context, tag, signal);
      if (!isSame(latest, current)) continue;
      written = await putVersion(context, tag, { next, current: latest }, signal);
      took = performance.now() - start;
      continue;
    }
    written = false;
    await context.sleep(Math.max(leastSettling, took * patience), signal);
  }
  const last = await readVersion(context, tag, signal);
  if ((await change(last.bytes)) === undefined) return;
  throw ociError('OCI_REFERRERS_CONTENDED', { data: { host: context.place.host, tag } });
}

function isSame(a: Version, b: Version): boolean {
  return a.bytes === undefined || b.bytes === undefined ? a.bytes === b.bytes : a.bytes.equals(b.bytes);
}

async function readVersion(
  { transport, place }: PushContext,
  tag: string,
  signal: AbortSignal | undefined,
): Promise<Version> {
  const { response } = await transport.send(place, {
    method: 'GET',
    path: `manifests/${tag}`,
    action: 'pull',
    what: `manifest ${tag}`,
    accept: [200, 404],
    headers: { accept: Object.values(mediaTypes).join(', ') },
    ...(signal !== undefined && { signal }),
  });
  if (response.status === 200) {
    return { bytes: await readWholeBody(response, place.host, maxManifestSize), etag: response.headers['etag'] };
  }
  await drain(response);
  return { bytes: undefined, etag: undefined };
}

/** False when the registry keeps another version by now. */
async function putVersion(
  { transport, place }: PushContext,
  tag: string,
  { next, current }: { readonly next: TaggedManifest; readonly current: Version },
  signal: AbortSignal | undefined,
): Promise<boolean> {
  const { bytes, etag } = current;
  const condition = {
    ...(bytes === undefined && { 'if-none-match': '*' }),
    ...(etag !== undefined && { 'if-match': etag }),
  };
  const { response } = await transport.send(place, {
    method: 'PUT',
    path: `manifests/${tag}`,
    action: 'push',
    what: `manifest ${tag}`,
    accept: [200, 201, 202, 409, 412],
    headers: { 'content-type': next.mediaType, ...condition },
    body: () => next.bytes,
    ...(signal !== undefined && { signal }),
  });
  await drain(response);
  return response.status < 400;
}
