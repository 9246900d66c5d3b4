import { isAppError } from '../../core/index.ts';
import type { Sleep } from '../../kit/sleep.ts';
import { ociError } from '../errors.ts';
import type { Descriptor } from '../manifest.ts';
import type { Place } from './place.ts';
import { retryRules, type Transport } from './transport.ts';

export interface BlobContext {
  readonly transport: Transport;
  readonly sleep: Sleep;
  readonly signal: AbortSignal | undefined;
}

type BlobRange = Pick<Descriptor, 'digest'> & Partial<Pick<Descriptor, 'size'>>;

/** So much progress makes a lost connection count as the first one again. */
const progress = 2 ** 20;

/** The bytes of a blob, unchecked; goes on where a lost connection broke off (RFC 9110 14.2). */
export async function* streamRemoteBlob(
  place: Place,
  blob: BlobRange,
  context: BlobContext,
): AsyncGenerator<Buffer, void, undefined> {
  let offset = 0;
  let losses = 0;
  let lossAt = 0;
  for (;;) {
    try {
      for await (const chunk of await openAt(place, blob, offset, context)) {
        offset += chunk.length;
        yield chunk;
      }
      return;
    } catch (error) {
      context.signal?.throwIfAborted();
      losses = offset - lossAt > progress ? 1 : losses + 1;
      lossAt = offset;
      if (!isAppError(error, 'NET_CONNECTION_LOST') && !isAppError(error, 'NET_TIMEOUT')) throw error;
      if (losses >= retryRules.attempts) throw error;
      await pause(losses, context);
    }
  }
}

async function pause(losses: number, { sleep, signal }: BlobContext): Promise<void> {
  await sleep(Math.min(retryRules.firstDelay * 2 ** (losses - 1), retryRules.maxDelay), signal);
}

async function openAt(
  place: Place,
  { digest, size }: BlobRange,
  offset: number,
  { transport, signal }: BlobContext,
): Promise<AsyncIterable<Buffer>> {
  if (offset > 0 && size !== undefined && offset >= size) return toBuffers([], 0);
  const { response } = await transport.send(place, {
    method: 'GET',
    path: `blobs/${digest}`,
    action: 'pull',
    what: `blob ${digest}`,
    accept: offset > 0 ? [200, 206] : [200],
    ...(offset > 0 && { headers: { range: `bytes=${offset}-` } }),
    ...(signal !== undefined && { signal }),
  });
  if (response.status === 200) return toBuffers(response.body, offset);
  if (!(response.headers['content-range'] ?? '').startsWith(`bytes ${offset}-`)) {
    response.discard();
    throw ociError('OCI_RESPONSE_INVALID', { data: { host: place.host, reason: 'it sent another range of a blob' } });
  }
  return toBuffers(response.body, 0);
}

async function* toBuffers(
  body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
  skip: number,
): AsyncGenerator<Buffer, void, undefined> {
  let left = skip;
  for await (const chunk of body) {
    const part = left === 0 ? chunk : chunk.subarray(Math.min(left, chunk.length));
    left -= chunk.length - part.length;
    if (part.length > 0) yield Buffer.from(part.buffer, part.byteOffset, part.length);
  }
}
