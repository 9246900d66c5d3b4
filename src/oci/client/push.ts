import { isAppError } from '../../core/index.ts';
import type { Sleep } from '../../kit/sleep.ts';
import { drain } from '../../net/index.ts';
import type { BlobUpload } from './blob-reading.ts';
import type { Place } from './place.ts';
import type { Transport } from './transport.ts';
import { openUpload, type UploadContext, upload } from './upload.ts';

export interface PushOptions {
  readonly signal?: AbortSignal;
  /** Another repository of the same registry that may hold the blob. */
  readonly mountFrom?: string;
  /** Sends the blob in pieces of this many bytes instead of at once. */
  readonly chunkSize?: number;
}

export interface PushContext {
  readonly transport: Transport;
  readonly place: Place;
  readonly sleep: Sleep;
}

/** Pieces for registries behind servers that take no large body at once. */
const smallChunks = 16 * 2 ** 20;

/** Brings a blob to a repository unless it is there (distribution-spec, "Pushing Blobs"). */
export async function pushBlob(
  { transport, place, sleep }: PushContext,
  blob: BlobUpload,
  { signal, mountFrom, chunkSize }: PushOptions = {},
): Promise<'pushed' | 'mounted' | 'present'> {
  const what = `blob ${blob.digest}`;
  if (await hasBlob(transport, place, blob.digest, { action: 'push', ...(signal !== undefined && { signal }) })) {
    return 'present';
  }
  const context: UploadContext = { transport, place, sleep, what, signal, chunkSize };
  const opened = await openUpload(context, mountQuery(blob, mountFrom), mountFrom);
  await drain(opened.response);
  if (opened.response.status === 201) return 'mounted';
  await upload(blob, opened, context).catch(async (error: unknown) => {
    if (!isTooLarge(error) || chunkSize !== undefined) throw error;
    const again = await openUpload(context, '');
    await drain(again.response);
    await upload(blob, again, { ...context, chunkSize: smallChunks });
  });
  return 'pushed';
}

/** Asks by HEAD whether a repository holds a blob (distribution-spec, "Checking if content exists in the registry"). */
export async function hasBlob(
  transport: Transport,
  place: Place,
  digest: string,
  { action = 'pull', signal }: { readonly action?: 'pull' | 'push'; readonly signal?: AbortSignal } = {},
): Promise<boolean> {
  const { response } = await transport.send(place, {
    method: 'HEAD',
    path: `blobs/${digest}`,
    action,
    what: `blob ${digest}`,
    accept: [200, 404],
    ...(signal !== undefined && { signal }),
  });
  await drain(response);
  return response.status === 200;
}

function mountQuery({ digest }: BlobUpload, from: string | undefined): string {
  return from === undefined ? '' : `?mount=${encodeURIComponent(digest)}&from=${encodeURIComponent(from)}`;
}

function isTooLarge(error: unknown): boolean {
  return isAppError(error, 'OCI_REGISTRY_REFUSED') && error.data['status'] === 413;
}
