import { type Digest, isDigest } from '../../core/index.ts';
import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { parseByteRange } from './byte-range.ts';
import { entityTag, isKnown, rangeApplies } from './conditions.ts';
import { refuse } from './errors.ts';
import { isRepositoryName, names } from './names.ts';
import type { Upload } from './open-uploads.ts';
import type { RegistryState } from './state.ts';
import type { Storage } from './storage.ts';

/** HEAD, GET and DELETE of a blob (distribution-spec, "Pulling blobs", "Deleting Blobs"). */
export async function serveBlob(
  { storage }: RegistryState,
  repository: string,
  text: string,
  request: ServedRequest,
): Promise<ServedResponse> {
  if (!isDigest(text)) return refuse('DIGEST_INVALID', 'the digest is not valid');
  const name = names.blob(repository, text);
  const size = await storage.size(name);
  if (size === undefined) return refuse('BLOB_UNKNOWN', 'the repository has no such blob');
  if (request.method !== 'DELETE') return sendBlob(storage, name, { digest: text, size }, request);
  await storage.remove(name);
  // Nobody else has the bytes: they are kept for no one. Whoever links them meanwhile has them all the same.
  if (!(await storage.isShared(names.shared(text)))) await storage.remove(names.shared(text));
  return { status: 202 };
}

function sendBlob(
  storage: Storage,
  name: string,
  { digest, size }: { readonly digest: Digest; readonly size: number },
  { method, headers }: ServedRequest,
): ServedResponse {
  const facts = { etag: entityTag(digest), 'docker-content-digest': digest, 'accept-ranges': 'bytes' };
  if (isKnown(headers, digest)) return { status: 304, headers: facts };
  const asked = method === 'GET' && rangeApplies(headers, digest) ? headers['range'] : undefined;
  const range = parseByteRange(asked, size);
  if (range === 'invalid') {
    const unsatisfied = { 'content-range': `bytes */${size}` };
    return refuse('RANGE_INVALID', 'the range does not lie in the blob', { headers: unsatisfied });
  }
  const { start, length } = range ?? { start: 0, length: size };
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      ...facts,
      'content-type': 'application/octet-stream',
      'content-length': String(length),
      ...(range !== undefined && { 'content-range': `bytes ${start}-${start + length - 1}/${size}` }),
    },
    body: storage.stream(name, start, length),
  };
}

/**
 * Makes an upload whose digest was checked a blob of its repository. The same bytes are kept once: who sends them at the
 * same time waits for the first.
 */
export function keepBlob(
  { storage, inTurn }: RegistryState,
  { repository, name, size }: Upload,
  digest: Digest,
): Promise<ServedResponse> {
  const shared = names.shared(digest);
  const own = names.blob(repository, digest);
  return inTurn(`blob ${digest}`, async () => {
    const isThere = (await storage.size(shared)) === size && (await storage.link(shared, own));
    if (isThere) return created(repository, digest);
    // First the name that counts: a server that deletes the same blob elsewhere may take the shared name away.
    if (!(await storage.link(name, own))) return refuse('BLOB_UPLOAD_UNKNOWN', 'the upload is gone');
    await storage.link(name, shared);
    return created(repository, digest);
  });
}

/** Gives a repository a blob that is in another, or anywhere when none is named; undefined when it is not there. */
export async function mountBlob(
  { storage }: RegistryState,
  repository: string,
  mount: string,
  from: string,
): Promise<ServedResponse | undefined> {
  if (!isDigest(mount) || (from !== '' && !isRepositoryName(from))) return undefined;
  const source = from === '' ? names.shared(mount) : names.blob(from, mount);
  if (source === names.blob(repository, mount)) {
    return (await storage.size(source)) === undefined ? undefined : created(repository, mount);
  }
  return (await storage.link(source, names.blob(repository, mount))) ? created(repository, mount) : undefined;
}

function created(repository: string, digest: Digest): ServedResponse {
  const location = `/v2/${repository}/blobs/${digest}`;
  return { status: 201, headers: { location, 'docker-content-digest': digest } };
}
