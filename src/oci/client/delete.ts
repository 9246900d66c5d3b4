import { isAppError, isDigest } from '../../core/index.ts';
import { drain } from '../../net/index.ts';
import { describeReferrer, type Referrer } from '../referrer.ts';
import { fetchManifest } from './manifest.ts';
import type { Place } from './place.ts';
import type { PushContext } from './push.ts';
import { removeReferrer } from './referrers-tag.ts';
import type { Transport } from './transport.ts';

/** Deletes a manifest or a tag, and takes the manifest from the tag that lists referrers; false when it was not there. */
export async function deleteManifest(context: PushContext, reference: string, signal?: AbortSignal): Promise<boolean> {
  const { transport, place } = context;
  const referrer = isDigest(reference) ? await readReferrer(context, reference, signal) : undefined;
  const existed = await deleteContent(transport, place, `manifests/${reference}`, signal);
  if (referrer === undefined) return existed;
  const { subject, descriptor } = referrer;
  await removeReferrer(subject.digest, descriptor.digest, { ...context, ...(signal !== undefined && { signal }) });
  return existed;
}

/** What a manifest speaks of; one that cannot be had or read is of no account here. */
async function readReferrer(
  { transport, place }: PushContext,
  reference: string,
  signal: AbortSignal | undefined,
): Promise<Referrer | undefined> {
  try {
    const { bytes, digest, mediaType } = await fetchManifest(transport, place, reference, signal);
    return describeReferrer(bytes, digest, mediaType);
  } catch (error) {
    signal?.throwIfAborted();
    if (isAppError(error)) return undefined;
    throw error;
  }
}

/**
 * Deletes a manifest (by digest), a tag (by its name) or a blob; false when it was not there (distribution-spec,
 * "Content Management"). @throws OCI_REGISTRY_REFUSED where the registry does not allow it
 */
export async function deleteContent(
  transport: Transport,
  place: Place,
  path: `manifests/${string}` | `blobs/${string}`,
  signal?: AbortSignal,
): Promise<boolean> {
  const { response } = await transport.send(place, {
    method: 'DELETE',
    path,
    action: 'delete',
    what: path.replace('manifests/', 'manifest ').replace('blobs/', 'blob '),
    accept: [200, 202, 204, 404],
    ...(signal !== undefined && { signal }),
  });
  await drain(response);
  return response.status !== 404;
}
