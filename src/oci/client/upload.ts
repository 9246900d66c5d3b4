import { isAppError } from '../../core/index.ts';
import type { Sleep } from '../../kit/sleep.ts';
import { drain } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { BlobReading, type BlobUpload } from './blob-reading.ts';
import type { Place } from './place.ts';
import { type RegistryAnswer, type RegistryRequest, retryRules, type Transport } from './transport.ts';

export interface UploadContext {
  readonly transport: Transport;
  readonly sleep: Sleep;
  readonly place: Place;
  /** What is pushed, for messages: `blob sha256:…`. */
  readonly what: string;
  readonly signal: AbortSignal | undefined;
  /** Sends pieces of so many bytes instead of all at once. */
  readonly chunkSize: number | undefined;
}

/** An upload that a registry has opened: where to go on, and with which byte. */
interface Session {
  location: URL;
  offset: number;
  /** The smallest piece that the registry takes, the last one aside. */
  readonly minChunk: number;
}

/** The registry keeps another length than was thought, or has forgotten the upload. */
const misplaced: ReadonlySet<unknown> = new Set([404, 416]);

/**
 * Sends the bytes of a blob over an upload that a registry has opened. After a lost connection the registry is asked how
 * far it got, and the upload goes on there, or anew (distribution-spec, "Pushing blobs", "Pushing a blob in chunks").
 */
export async function upload(blob: BlobUpload, opened: RegistryAnswer, context: UploadContext): Promise<void> {
  let session = toSession(opened, context.place);
  let reached = 0;
  for (let losses = 0; ; ) {
    try {
      await sendFrom(session, blob, context);
      return;
    } catch (error) {
      context.signal?.throwIfAborted();
      losses = session.offset > reached ? 1 : losses + 1;
      reached = Math.max(reached, session.offset);
      await pauseAfter(error, losses, session, context);
      session = await resume(session, blob, context);
    }
  }
}

/** Waits before the upload goes on; what cannot go on is thrown again. */
async function pauseAfter(error: unknown, losses: number, session: Session, context: UploadContext): Promise<void> {
  if (!canGoOn(error) || losses >= retryRules.attempts) {
    await abandon(session, context);
    throw error;
  }
  const wished = isAppError(error) ? error.data['retryAfter'] : undefined;
  const delay = typeof wished === 'number' ? wished : retryRules.firstDelay * 2 ** (losses - 1);
  await context.sleep(Math.min(delay, retryRules.maxDelay), context.signal);
}

/** Starts an upload, or mounts the blob of another repository instead (status 201). */
export function openUpload(context: UploadContext, query: string, from?: string): Promise<RegistryAnswer> {
  return context.transport.send(context.place, {
    ...shared(context),
    method: 'POST',
    path: `blobs/uploads/${query}`,
    body: () => new Uint8Array(0),
    once: false,
    accept: [201, 202],
    ...(from !== undefined && { from }),
  });
}

/** Answers of who takes nothing from the one who asks, whatever it is. */
const unwilling: ReadonlySet<string> = new Set([
  'OCI_UNAUTHORIZED',
  'OCI_FORBIDDEN',
  'OCI_AUTH_REFUSED',
  'OCI_TOKEN_FAILED',
  'OCI_REGISTRY_REFUSED',
  'OCI_REMOTE_NOT_FOUND',
]);

/** Whether a registry takes uploads: one is opened, and given up before its first byte. */
export async function takesUploads(context: UploadContext): Promise<boolean> {
  try {
    const opened = await openUpload(context, '');
    await drain(opened.response);
    await abandon(toSession(opened, context.place), context);
    return true;
  } catch (error) {
    if (isAppError(error) && unwilling.has(error.code)) return false;
    throw error;
  }
}

function canGoOn(error: unknown): boolean {
  return isAppError(error) && (error.retryable || misplaced.has(error.data['status']));
}

async function sendFrom(session: Session, blob: BlobUpload, context: UploadContext): Promise<void> {
  const { chunkSize } = context;
  const size = chunkSize === undefined ? undefined : Math.max(chunkSize, session.minChunk);
  const reading = new BlobReading(blob);
  try {
    while (size !== undefined && session.offset < blob.size) {
      await sendChunk(session, Math.min(size, blob.size - session.offset), reading, context);
    }
    await finish(session, reading, context);
  } finally {
    await reading.close();
  }
}

async function sendChunk(
  session: Session,
  length: number,
  reading: BlobReading,
  context: UploadContext,
): Promise<void> {
  const { location, offset } = session;
  const answer = await context.transport.send(context.place, {
    ...shared(context),
    method: 'PATCH',
    path: location,
    headers: { ...binary(length), 'content-range': `${offset}-${offset + length - 1}` },
    body: () => reading.bytes(offset, length),
    accept: [202, 204],
  });
  await drain(answer.response);
  session.location = locationOf(answer, context.place);
  session.offset += length;
}

/** What is left, all of it where no pieces were sent before, and the digest of the whole. */
async function finish(session: Session, reading: BlobReading, context: UploadContext): Promise<void> {
  const { location, offset } = session;
  const { digest, size } = reading.blob;
  const length = size - offset;
  const answer = await context.transport.send(context.place, {
    ...shared(context),
    method: 'PUT',
    path: withDigest(location, digest),
    headers: { ...binary(length), ...(offset > 0 && length > 0 && { 'content-range': `${offset}-${size - 1}` }) },
    body: () => reading.bytes(offset, length),
    accept: [201, 204],
  });
  await drain(answer.response);
}

/** Asks how far the upload got; a registry that does not say gets a new one. */
async function resume(session: Session, blob: BlobUpload, context: UploadContext): Promise<Session> {
  const { transport, place } = context;
  const request = { ...shared(context), method: 'GET' as const, path: session.location, accept: [204] };
  try {
    const answer = await transport.send(place, request);
    await drain(answer.response);
    const offset = /^(?:bytes=)?0-(\d{1,15})$/.exec(answer.response.headers['range'] ?? '')?.[1];
    const location = answer.response.headers['location'] === undefined ? session.location : locationOf(answer, place);
    // `0-0` stands for nothing as for one byte; an upload anew is right in both cases.
    if (offset !== undefined && Number(offset) > 0 && Number(offset) < blob.size) {
      return { ...session, location, offset: Number(offset) + 1 };
    }
  } catch (error) {
    context.signal?.throwIfAborted();
    if (!isAppError(error)) throw error;
  }
  await abandon(session, context);
  const opened = await openUpload(context, '');
  await drain(opened.response);
  return toSession(opened, place);
}

/** A registry need not know this; what stays behind it removes in time. */
async function abandon({ location }: Session, context: UploadContext): Promise<void> {
  const request = { ...shared(context), method: 'DELETE' as const, path: location, accept: [200, 202, 204, 404] };
  await context.transport.send(context.place, request).then(
    ({ response }) => drain(response),
    () => undefined,
  );
}

function toSession(opened: RegistryAnswer, place: Place): Session {
  const least = Number(opened.response.headers['oci-chunk-min-length'] ?? 0);
  const minChunk = Number.isSafeInteger(least) && least > 0 ? least : 0;
  return { location: locationOf(opened, place), offset: 0, minChunk };
}

function shared({ what, signal }: UploadContext): Pick<RegistryRequest, 'action' | 'what' | 'once' | 'signal'> {
  return { action: 'push', what, once: true, ...(signal !== undefined && { signal }) };
}

function binary(length: number): Record<string, string> {
  return { 'content-type': 'application/octet-stream', 'content-length': String(length) };
}

/** The registry says where to go on; a place outside TLS is refused when the registry itself was inside. */
function locationOf({ response, url }: RegistryAnswer, place: Place): URL {
  const text = response.headers['location'];
  const refuse = (reason: string): Error => ociError('OCI_RESPONSE_INVALID', { data: { host: place.host, reason } });
  if (text === undefined || !URL.canParse(text, url.href)) throw refuse('an upload has no valid location');
  const location = new URL(text, url.href);
  if (url.protocol === 'https:' && location.protocol !== 'https:') throw refuse('an upload would leave TLS');
  return location;
}

function withDigest(location: URL, digest: string): URL {
  const url = new URL(location);
  url.searchParams.set('digest', digest);
  return url;
}
