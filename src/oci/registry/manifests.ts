import { createHash } from 'node:crypto';
import { type Digest, digestAlgorithm, isAppError, isDigest } from '../../core/index.ts';
import { collectBytes } from '../../kit/collect.ts';
import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { isObject, maxManifestSize, mediaTypes, parseManifest, parseObject } from '../manifest.ts';
import { linkedSize } from './blobs.ts';
import { json, refuse } from './errors.ts';
import { names, unflat } from './names.ts';
import type { Storage } from './storage.ts';

/** Any manifest endpoint (distribution-spec, "Pulling manifests", "Pushing Manifests", "Deleting"). */
export async function serveManifest(
  storage: Storage,
  repository: string,
  reference: string,
  request: ServedRequest,
): Promise<ServedResponse> {
  if (!isDigest(reference) && !/^\w[\w.-]{0,127}$/.test(reference)) {
    return refuse('MANIFEST_INVALID', 'neither a tag nor a digest');
  }
  if (request.method === 'PUT') return putManifest(storage, repository, reference, request);
  const digest = await resolve(storage, repository, reference);
  const mediaType = digest === undefined ? undefined : await storage.read(names.manifest(repository, digest));
  if (digest === undefined || mediaType === undefined) {
    return refuse('MANIFEST_UNKNOWN', 'the repository has no such manifest');
  }
  if (request.method === 'DELETE') return deleteManifest(storage, repository, reference, digest);
  const body = (await storage.read(names.blob(digest))) ?? Buffer.alloc(0);
  const headers = {
    'content-type': mediaType.toString('utf8'),
    'content-length': String(body.length),
    'docker-content-digest': digest,
  };
  return { status: 200, headers, body };
}

async function resolve(storage: Storage, repository: string, reference: string): Promise<Digest | undefined> {
  if (isDigest(reference)) return reference;
  const digest = (await storage.read(names.tag(repository, reference)))?.toString('utf8') ?? '';
  return isDigest(digest) ? digest : undefined;
}

async function putManifest(
  storage: Storage,
  repository: string,
  reference: string,
  request: ServedRequest,
): Promise<ServedResponse> {
  const bytes = await collectBytes(request.body, maxManifestSize);
  if (bytes === undefined) return refuse('SIZE_INVALID', `a manifest has at most ${maxManifestSize} bytes`);
  const algorithm = isDigest(reference) ? digestAlgorithm(reference) : 'sha256';
  const digest: Digest = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (isDigest(reference) && reference !== digest) return refuse('DIGEST_INVALID', 'the bytes have another digest');
  const refusal = await findFault(storage, repository, bytes);
  if (refusal !== undefined) return refusal;
  const stated = parseObject(bytes)?.['mediaType'];
  const mediaType = typeof stated === 'string' ? stated : request.headers['content-type']?.split(';')[0];
  await storage.write(names.blob(digest), bytes);
  await storage.write(names.manifest(repository, digest), Buffer.from(mediaType ?? mediaTypes.ociManifest));
  const subject = await recordReferrer(storage, repository, bytes, digest);
  if (!isDigest(reference)) await storage.write(names.tag(repository, reference), Buffer.from(digest));
  return {
    status: 201,
    headers: {
      location: `/v2/${repository}/manifests/${digest}`,
      'docker-content-digest': digest,
      ...(subject !== undefined && { 'oci-subject': subject }),
    },
  };
}

/** A manifest is stored only when it can be read and all it names is there, so that no tag ever leads into the void. */
async function findFault(storage: Storage, repository: string, bytes: Buffer): Promise<ServedResponse | undefined> {
  try {
    const parsed = parseManifest(bytes, 'pushed');
    if (parsed.kind === 'index') {
      for (const { digest } of parsed.manifests) {
        if ((await storage.size(names.manifest(repository, digest))) === undefined) return missing(digest);
      }
      return undefined;
    }
    for (const { digest, mediaType } of [parsed.config, ...parsed.layers]) {
      // Foreign layers lie elsewhere (image-spec layer.md, "Non-Distributable Layers").
      if (/nondistributable|foreign/.test(mediaType)) continue;
      if ((await linkedSize(storage, repository, digest)) === undefined) return missing(digest);
    }
    return undefined;
  } catch (error) {
    if (isAppError(error, 'OCI_MANIFEST_INVALID')) return refuse('MANIFEST_INVALID', error.message);
    throw error;
  }
}

function missing(digest: Digest): ServedResponse {
  return refuse('MANIFEST_BLOB_UNKNOWN', `the repository does not hold ${digest}`);
}

async function recordReferrer(
  storage: Storage,
  repository: string,
  bytes: Buffer,
  digest: Digest,
): Promise<Digest | undefined> {
  const subject = subjectOf(bytes);
  if (subject !== undefined) await storage.write(names.referrer(repository, subject, digest), new Uint8Array());
  return subject;
}

function subjectOf(bytes: Buffer): Digest | undefined {
  const subject = parseObject(bytes)?.['subject'];
  const digest = isObject(subject) ? subject['digest'] : undefined;
  return typeof digest === 'string' && isDigest(digest) ? digest : undefined;
}

/** By tag only the tag goes, by digest the manifest and all tags that lead to it. */
async function deleteManifest(
  storage: Storage,
  repository: string,
  reference: string,
  digest: Digest,
): Promise<ServedResponse> {
  if (!isDigest(reference)) {
    await storage.remove(names.tag(repository, reference));
    return { status: 202 };
  }
  for (const tag of await storage.list(names.tags(repository))) {
    if ((await resolve(storage, repository, tag)) === digest) await storage.remove(names.tag(repository, tag));
  }
  const subject = subjectOf((await storage.read(names.blob(digest))) ?? Buffer.alloc(0));
  if (subject !== undefined) await storage.remove(names.referrer(repository, subject, digest));
  await storage.remove(names.manifest(repository, digest));
  return { status: 202 };
}

/** Manifests that name another as their subject (distribution-spec, "Listing Referrers"). */
export async function serveReferrers(
  storage: Storage,
  repository: string,
  subject: string,
  { url }: ServedRequest,
): Promise<ServedResponse> {
  if (!isDigest(subject)) return refuse('DIGEST_INVALID', 'the digest is not valid');
  const wanted = url.searchParams.get('artifactType');
  const manifests: Record<string, unknown>[] = [];
  for (const name of await storage.list(names.referrers(repository, subject))) {
    const descriptor = await describeReferrer(storage, repository, unflat(name));
    if (descriptor !== undefined && (wanted === null || descriptor['artifactType'] === wanted))
      manifests.push(descriptor);
  }
  const index = { schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests };
  const filtered: Record<string, string> = wanted === null ? {} : { 'oci-filters-applied': 'artifactType' };
  return json(200, index, { 'content-type': mediaTypes.ociIndex, ...filtered });
}

async function describeReferrer(
  storage: Storage,
  repository: string,
  digest: string,
): Promise<Record<string, unknown> | undefined> {
  if (!isDigest(digest)) return undefined;
  const mediaType = await storage.read(names.manifest(repository, digest));
  const bytes = await storage.read(names.blob(digest));
  if (mediaType === undefined || bytes === undefined) return undefined;
  const { artifactType, config, annotations } = parseObject(bytes) ?? {};
  const type = artifactType ?? (isObject(config) ? config['mediaType'] : undefined);
  return {
    mediaType: mediaType.toString('utf8'),
    digest,
    size: bytes.length,
    ...(typeof type === 'string' && { artifactType: type }),
    ...(isObject(annotations) && { annotations }),
  };
}
