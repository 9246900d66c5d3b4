import { createHash } from 'node:crypto';
import { type Digest, digestAlgorithm, isAppError, isDigest } from '../../core/index.ts';
import { collectBytes } from '../../kit/collect.ts';
import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { type Descriptor, maxManifestSize, mediaTypes, parseManifest, parseObject } from '../manifest.ts';
import { entityTag, findConflict } from './conditions.ts';
import { refuse } from './errors.ts';
import { hasManifest, type ManifestRecord, subjectOf, writeManifest } from './manifest-record.ts';
import { isTag, names } from './names.ts';
import type { RegistryState } from './state.ts';
import { resolveReference, writeTag } from './tags.ts';

const maxTags = 100;
/** Printable ASCII, which header fields are made of. */
const mediaTypePattern = /^[\x21-\x7e]{1,255}$/;
/** Says nothing of the content, so contradicts nothing. */
const untyped = 'application/octet-stream';

interface Put {
  readonly repository: string;
  readonly reference: string;
  readonly digest: Digest;
  readonly record: ManifestRecord;
  readonly tags: readonly string[];
}

/** PUT of a manifest, by digest or tag, with further tags as `tag` parameters (distribution-spec, "Pushing Manifests"). */
export async function putManifest(
  state: RegistryState,
  repository: string,
  reference: string,
  { url, headers, body }: ServedRequest,
): Promise<ServedResponse> {
  const more = url.searchParams.getAll('tag');
  if (more.length > maxTags) return refuse('UNSUPPORTED', `at most ${maxTags} tags at once`, { status: 414 });
  if (!more.every(isTag)) return refuse('MANIFEST_INVALID', 'a tag is not valid');
  const bytes = await collectBytes(body, maxManifestSize);
  if (bytes === undefined) {
    return refuse('SIZE_INVALID', `a manifest has at most ${maxManifestSize} bytes`, { status: 413 });
  }
  const algorithm = isDigest(reference) ? digestAlgorithm(reference) : 'sha256';
  const digest: Digest = `${algorithm}:${createHash(algorithm).update(bytes).digest('hex')}`;
  if (isDigest(reference) && reference !== digest) return refuse('DIGEST_INVALID', 'the bytes have another digest');
  const mediaType = typeOf(bytes, headers['content-type']);
  if (mediaType === undefined) return refuse('MANIFEST_INVALID', 'it is of another type than the request says');
  const tags = isDigest(reference) ? more : [reference, ...more];
  const put: Put = { repository, reference, digest, record: { mediaType, bytes }, tags };
  return state.inTurn(repository, async () => {
    const current = await resolveReference(state.storage, repository, reference);
    const there = current && (await hasManifest(state.storage, repository, current)) ? current : undefined;
    const refusal = findConflict(headers, there) ?? (await findFault(state, repository, bytes));
    return refusal ?? (await keepManifest(state, put, more));
  });
}

/** What the manifest says it is, else what the request says; undefined when they differ (image-spec, CVE-2021-41190). */
function typeOf(bytes: Buffer, header: string | undefined): string | undefined {
  const stated = parseObject(bytes)?.['mediaType'];
  const told = header?.split(';')[0]?.trim().toLowerCase();
  const type = typeof stated === 'string' ? stated : told || mediaTypes.ociManifest;
  const contradicts = told !== undefined && told !== '' && told !== untyped && told !== type.toLowerCase();
  return contradicts || !mediaTypePattern.test(type) ? undefined : type;
}

/** A manifest is kept only when it can be read and all it names is there, so that no tag leads into the void. */
async function findFault(
  { storage, settings }: RegistryState,
  repository: string,
  bytes: Buffer,
): Promise<ServedResponse | undefined> {
  try {
    const parsed = parseManifest(bytes, 'pushed');
    if (settings.allowSparse) return undefined;
    const isThere =
      parsed.kind === 'index'
        ? ({ digest }: Descriptor) => hasManifest(storage, repository, digest)
        : async ({ digest }: Descriptor) => (await storage.size(names.blob(repository, digest))) !== undefined;
    for (const one of parsed.kind === 'index' ? parsed.manifests : [parsed.config, ...parsed.layers]) {
      // Foreign layers lie elsewhere (image-spec layer.md, "Non-Distributable Layers").
      if (/nondistributable|foreign/.test(one.mediaType) || (await isThere(one))) continue;
      return refuse('MANIFEST_BLOB_UNKNOWN', `the repository does not hold ${one.digest}`);
    }
    return undefined;
  } catch (error) {
    if (isAppError(error, 'OCI_MANIFEST_INVALID')) return refuse('MANIFEST_INVALID', error.message);
    throw error;
  }
}

/** First what leads to the subject, then the manifest, then tags: a crash leaves nothing that points to what is not there. */
async function keepManifest(
  { storage }: RegistryState,
  { repository, digest, record, tags }: Put,
  confirmed: readonly string[],
): Promise<ServedResponse> {
  const subject = subjectOf(digest, record);
  if (subject !== undefined) await storage.write(names.referrer(repository, subject, digest), new Uint8Array());
  await writeManifest(storage, repository, digest, record);
  for (const tag of tags) await writeTag(storage, repository, tag, digest);
  // Another server on the same storage may have deleted it since.
  if (!(await hasManifest(storage, repository, digest))) await writeManifest(storage, repository, digest, record);
  return {
    status: 201,
    headers: {
      location: `/v2/${repository}/manifests/${digest}`,
      etag: entityTag(digest),
      'docker-content-digest': digest,
      ...(subject !== undefined && { 'oci-subject': subject }),
      ...(confirmed.length > 0 && { 'oci-tag': confirmed.join(', ') }),
    },
  };
}
