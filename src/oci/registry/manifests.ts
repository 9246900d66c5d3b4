import { type Digest, isDigest } from '../../core/index.ts';
import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { entityTag, findConflict, isKnown } from './conditions.ts';
import { refuse } from './errors.ts';
import { hasManifest, readManifest, subjectOf } from './manifest-record.ts';
import { isTag, names } from './names.ts';
import { putManifest } from './put-manifest.ts';
import type { RegistryState } from './state.ts';
import { removeTagsOf, resolveReference } from './tags.ts';

/** Any manifest endpoint (distribution-spec, "Pulling manifests", "Pushing Manifests", "Deleting"). */
export async function serveManifest(
  state: RegistryState,
  repository: string,
  reference: string,
  request: ServedRequest,
): Promise<ServedResponse> {
  if (!isDigest(reference) && !isTag(reference)) {
    return reference.includes(':')
      ? refuse('DIGEST_INVALID', 'the digest is not valid')
      : refuse('MANIFEST_INVALID', 'neither a tag nor a digest');
  }
  if (request.method === 'PUT') return putManifest(state, repository, reference, request);
  if (request.method === 'DELETE') {
    return state.inTurn(repository, () => deleteManifest(state, repository, reference, request));
  }
  const { storage } = state;
  const digest = await resolveReference(storage, repository, reference);
  const found = digest && (await readManifest(storage, repository, digest));
  if (digest === undefined || found === undefined) return unknown();
  const facts = { etag: entityTag(digest), 'docker-content-digest': digest };
  if (isKnown(request.headers, digest)) return { status: 304, headers: facts };
  const { mediaType, bytes } = found;
  return {
    status: 200,
    headers: { ...facts, 'content-type': mediaType, 'content-length': String(bytes.length) },
    body: bytes,
  };
}

/** By tag only the tag goes, by digest the manifest and all tags that lead to it. */
async function deleteManifest(
  { storage }: RegistryState,
  repository: string,
  reference: string,
  { headers }: ServedRequest,
): Promise<ServedResponse> {
  const digest = await resolveReference(storage, repository, reference);
  if (digest === undefined || !(await hasManifest(storage, repository, digest))) return unknown();
  const conflict = findConflict(headers, digest);
  if (conflict !== undefined) return conflict;
  if (isDigest(reference)) await removeManifest({ storage, repository, digest });
  else await storage.remove(names.tag(repository, reference));
  return { status: 202 };
}

/** Tags go first, so that a crash leaves none that leads nowhere; those that another server sets meanwhile go after. */
async function removeManifest({
  storage,
  repository,
  digest,
}: {
  readonly storage: RegistryState['storage'];
  readonly repository: string;
  readonly digest: Digest;
}): Promise<void> {
  const found = await readManifest(storage, repository, digest);
  const subject = found && subjectOf(digest, found);
  await removeTagsOf(storage, repository, digest);
  await storage.remove(names.manifest(repository, digest));
  await removeTagsOf(storage, repository, digest);
  if (subject !== undefined) await storage.remove(names.referrer(repository, subject, digest));
}

function unknown(): ServedResponse {
  return refuse('MANIFEST_UNKNOWN', 'the repository has no such manifest');
}
