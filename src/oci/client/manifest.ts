import { createHash } from 'node:crypto';
import { type Digest, isDigest } from '../../core/index.ts';
import { readWholeBody } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { maxManifestSize, mediaTypes, parseObject } from '../manifest.ts';
import { assertDigest } from '../verified.ts';
import type { Place } from './place.ts';
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

/** What HEAD tells of a manifest; undefined when there is none. */
export async function headManifest(
  transport: Transport,
  place: Place,
  reference: string,
  signal?: AbortSignal,
): Promise<{ readonly digest?: Digest; readonly mediaType: string } | undefined> {
  const { response } = await transport.send(place, {
    method: 'HEAD',
    path: `manifests/${reference}`,
    action: 'pull',
    what: `manifest ${reference}`,
    accept: [200, 404],
    headers: { accept: accepted },
    ...(signal !== undefined && { signal }),
  });
  response.discard();
  if (response.status === 404) return undefined;
  const digest = response.headers['docker-content-digest'];
  const mediaType = response.headers['content-type'] ?? '';
  return { mediaType, ...(digest !== undefined && isDigest(digest) && { digest }) };
}

export function digestOf(bytes: Uint8Array): Digest {
  return `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
}
