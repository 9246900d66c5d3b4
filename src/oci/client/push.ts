import { drain } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import type { Descriptor } from '../manifest.ts';
import type { Place } from './place.ts';
import type { RegistryAnswer, Transport } from './transport.ts';

/** A blob to be pushed; `open` may be called again when an attempt fails. */
export interface BlobUpload extends Pick<Descriptor, 'digest' | 'size'> {
  open(): Uint8Array | AsyncIterable<Uint8Array>;
}

export interface PushOptions {
  readonly signal?: AbortSignal;
  /** Another repository of the same registry that holds the blob. */
  readonly mountFrom?: string;
  /** Sends the blob in pieces of this many bytes instead of at once. */
  readonly chunkSize?: number;
}

/** Brings a blob to a repository unless it is there (distribution-spec, "Pushing Blobs"). */
export async function pushBlob(
  transport: Transport,
  place: Place,
  blob: BlobUpload,
  options: PushOptions = {},
): Promise<'pushed' | 'mounted' | 'present'> {
  const shared = { action: 'push' as const, what: `blob ${blob.digest}`, ...signalOf(options) };
  const head = await transport.send(place, {
    ...shared,
    method: 'HEAD',
    path: `blobs/${blob.digest}`,
    accept: [200, 404],
  });
  head.response.discard();
  if (head.response.status === 200) return 'present';
  const from = options.mountFrom;
  const mount = from === undefined ? '' : `?mount=${encodeURIComponent(blob.digest)}&from=${encodeURIComponent(from)}`;
  const started = await transport.send(place, {
    ...shared,
    method: 'POST',
    path: `blobs/uploads/${mount}`,
    accept: [201, 202],
    body: () => new Uint8Array(0),
  });
  await drain(started.response);
  if (started.response.status === 201) return 'mounted';
  const location = locationOf(started, place);
  await (options.chunkSize === undefined
    ? putWhole(transport, place, blob, location, shared)
    : putChunks(transport, place, blob, location, { ...shared, chunkSize: options.chunkSize }));
  return 'pushed';
}

/** Stores a manifest under a tag or its digest (distribution-spec, "Pushing Manifests"). */
export async function pushManifest(
  transport: Transport,
  place: Place,
  manifest: { readonly reference: string; readonly bytes: Uint8Array; readonly mediaType: string },
  options: PushOptions = {},
): Promise<void> {
  const { response } = await transport.send(place, {
    action: 'push',
    what: `manifest ${manifest.reference}`,
    method: 'PUT',
    path: `manifests/${manifest.reference}`,
    headers: { 'content-type': manifest.mediaType },
    body: () => manifest.bytes,
    accept: [201, 202],
    ...signalOf(options),
  });
  await drain(response);
}

interface Shared {
  readonly action: 'push';
  readonly what: string;
  readonly signal?: AbortSignal;
}

async function putWhole(
  transport: Transport,
  place: Place,
  blob: BlobUpload,
  location: URL,
  shared: Shared,
): Promise<void> {
  const answer = await transport.send(place, {
    ...shared,
    method: 'PUT',
    path: withDigest(location, blob.digest),
    headers: { 'content-type': 'application/octet-stream', 'content-length': String(blob.size) },
    body: () => blob.open(),
    accept: [201, 204],
  });
  await drain(answer.response);
}

async function putChunks(
  transport: Transport,
  place: Place,
  blob: BlobUpload,
  start: URL,
  shared: Shared & { readonly chunkSize: number },
): Promise<void> {
  let location = start;
  let offset = 0;
  for await (const chunk of inChunks(blob.open(), shared.chunkSize)) {
    const range = `${offset}-${offset + chunk.length - 1}`;
    const answer = await transport.send(place, {
      ...shared,
      method: 'PATCH',
      path: location,
      headers: { 'content-type': 'application/octet-stream', 'content-range': range },
      body: () => chunk,
      accept: [202, 204],
    });
    await drain(answer.response);
    location = locationOf(answer, place);
    offset += chunk.length;
  }
  const done = { ...shared, method: 'PUT' as const, path: withDigest(location, blob.digest), accept: [201, 204] };
  await drain((await transport.send(place, { ...done, body: () => new Uint8Array(0) })).response);
}

async function* inChunks(
  body: Uint8Array | AsyncIterable<Uint8Array>,
  size: number,
): AsyncGenerator<Uint8Array, void, undefined> {
  const chunk = Buffer.alloc(size);
  let filled = 0;
  for await (const part of body instanceof Uint8Array ? [body] : body) {
    for (let done = 0; done < part.length; ) {
      const taken = Math.min(size - filled, part.length - done);
      chunk.set(part.subarray(done, done + taken), filled);
      filled += taken;
      done += taken;
      if (filled < size) continue;
      yield chunk;
      filled = 0;
    }
  }
  if (filled > 0) yield chunk.subarray(0, filled);
}

/** The registry says where to go on; a place outside TLS is refused when the registry itself was inside. */
function locationOf({ response, url }: RegistryAnswer, place: Place): URL {
  const text = response.headers['location'];
  if (text === undefined || !URL.canParse(text, url.href)) throw invalid(place, 'an upload has no valid location');
  const location = new URL(text, url.href);
  if (url.protocol === 'https:' && location.protocol !== 'https:') throw invalid(place, 'an upload would leave TLS');
  return location;
}

function withDigest(location: URL, digest: string): URL {
  const url = new URL(location);
  url.searchParams.set('digest', digest);
  return url;
}

function signalOf({ signal }: PushOptions): { signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function invalid(place: Place, reason: string): Error {
  return ociError('OCI_RESPONSE_INVALID', { data: { host: place.host, reason } });
}
