import { createHash } from 'node:crypto';
import { type Digest, isDigest } from '../../core/index.ts';
import { drain, readWholeBody } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { maxManifestSize, mediaTypes, parseObject } from '../manifest.ts';
import { describeReferrer } from '../referrer.ts';
import { assertDigest } from '../verified.ts';
import type { Place } from './place.ts';
import type { PushContext } from './push.ts';
import { addReferrer } from './referrers-tag.ts';
import type { Transport } from './transport.ts';

/** A manifest or index as a registry holds it, checked against its digest. */
export interface RemoteManifest {
  readonly bytes: Buffer;
  readonly digest: Digest;
  readonly mediaType: string;
}

const accepted = Object.values(mediaTypes).join(', ');

/** Gets a manifest by tag or digest (distribution-spec, "Pulling manifests"). @throws OCI_DIGEST_MISMATCH, OCI_SCHEMA1, and what `Transport.send` throws */
export async function fetchManifest(
  transport: Transport,
  place: Place,
  reference: string,
  signal?: AbortSignal,
): Promise<RemoteManifest> {
  const { response } = await transport.send(place, {
    method: 'GET',
    path: `manifests/${reference}`,
    action: 'pull',
    what: `manifest ${reference}`,
    accept: [200],
    headers: { accept: accepted },
    ...(signal !== undefined && { signal }),
  });
  const bytes = await readWholeBody(response, place.host, maxManifestSize);
  const stated = response.headers['docker-content-digest'];
  if (isDigest(reference)) assertDigest(bytes, reference);
  else if (stated !== undefined && isDigest(stated)) assertDigest(bytes, stated);
  const mediaType = response.headers['content-type']?.split(';')[0]?.trim() ?? '';
  if (parseObject(bytes)?.['schemaVersion'] === 1) {
    throw ociError('OCI_SCHEMA1', { data: { reference: `${place.host}/${place.repository}:${reference}` } });
  }
  return { bytes, mediaType, digest: isDigest(reference) ? reference : digestOf(bytes) };
}

/** What a registry tells of a manifest without sending it. */
export interface ManifestHead {
  readonly digest?: Digest;
  readonly mediaType: string;
  /** Bytes, where the registry states them. */
  readonly size?: number;
}

/** What HEAD tells of a manifest; undefined when there is none. */
export async function headManifest(
  transport: Transport,
  place: Place,
  reference: string,
  signal?: AbortSignal,
): Promise<ManifestHead | undefined> {
  const { response } = await transport.send(place, {
    method: 'HEAD',
    path: `manifests/${reference}`,
    action: 'pull',
    what: `manifest ${reference}`,
    accept: [200, 404],
    headers: { accept: accepted },
    ...(signal !== undefined && { signal }),
  });
  await drain(response);
  if (response.status === 404) return undefined;
  const digest = response.headers['docker-content-digest'];
  const mediaType = response.headers['content-type']?.split(';')[0]?.trim() ?? '';
  const size = Number(response.headers['content-length'] ?? Number.NaN);
  return {
    mediaType,
    ...(digest !== undefined && isDigest(digest) && { digest }),
    ...(Number.isSafeInteger(size) && size > 0 && { size }),
  };
}

export interface ManifestUpload {
  /** A tag, or the digest. */
  readonly reference: string;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

/**
 * Stores a manifest under a tag or its digest; one with a subject is listed under the tag for referrers where the
 * registry does not keep that list itself (distribution-spec, "Pushing Manifests", "Pushing Manifests with Subject").
 * @throws OCI_RESPONSE_INVALID when the registry says that it stored something else
 */
export async function pushManifest(
  context: PushContext,
  { reference, bytes, mediaType }: ManifestUpload,
  signal?: AbortSignal,
): Promise<Digest> {
  const { transport, place } = context;
  const { response } = await transport.send(place, {
    action: 'push',
    what: `manifest ${reference}`,
    method: 'PUT',
    path: `manifests/${reference}`,
    headers: { 'content-type': mediaType },
    body: () => bytes,
    accept: [200, 201, 202],
    ...(signal !== undefined && { signal }),
  });
  await drain(response);
  const digest = isDigest(reference) ? reference : digestOf(bytes);
  const stored = response.headers['docker-content-digest'] ?? digest;
  if (stored !== digest && stored.startsWith('sha256:')) {
    throw ociError('OCI_RESPONSE_INVALID', {
      data: { host: place.host, reason: 'it stored another manifest than was sent' },
    });
  }
  const referrer = describeReferrer(bytes, digest, mediaType);
  if (referrer !== undefined && response.headers['oci-subject'] === undefined) {
    await addReferrer(referrer, { ...context, ...(signal !== undefined && { signal }) });
  }
  return digest;
}

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
