import { randomUUID } from 'node:crypto';
import { isDigest } from '../../core/index.ts';
import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { commitBlob, linkedSize } from './blobs.ts';
import { refuse } from './errors.ts';
import { isRepositoryName, names } from './names.ts';
import type { Storage } from './storage.ts';

/** POST: starts an upload, takes a whole blob at once, or mounts one of another repository (distribution-spec, "Pushing blobs"). */
export async function startUpload(
  storage: Storage,
  repository: string,
  request: ServedRequest,
): Promise<ServedResponse> {
  const mount = request.url.searchParams.get('mount') ?? '';
  const from = request.url.searchParams.get('from') ?? '';
  if (isDigest(mount) && isRepositoryName(from) && (await linkedSize(storage, from, mount)) !== undefined) {
    await storage.write(names.link(repository, mount), new Uint8Array());
    const location = `/v2/${repository}/blobs/${mount}`;
    return { status: 201, headers: { location, 'docker-content-digest': mount } };
  }
  const id = randomUUID();
  const digest = request.url.searchParams.get('digest');
  await storage.write(names.upload(id), new Uint8Array());
  if (digest === null) return accepted(repository, id, 0);
  if (!isDigest(digest)) return refuse('DIGEST_INVALID', 'the digest is not valid');
  await storage.append(names.upload(id), request.body);
  return commitBlob(storage, repository, id, digest);
}

/** PATCH, PUT, GET and DELETE of a started upload. */
export async function continueUpload(
  storage: Storage,
  repository: string,
  id: string,
  request: ServedRequest,
): Promise<ServedResponse> {
  const size = /^[0-9a-f-]{36}$/.test(id) ? await storage.size(names.upload(id)) : undefined;
  if (size === undefined) return refuse('BLOB_UPLOAD_UNKNOWN', 'there is no such upload');
  switch (request.method) {
    case 'GET':
      return { ...accepted(repository, id, size), status: 204 };
    case 'DELETE':
      await storage.remove(names.upload(id));
      return { status: 204 };
    case 'PATCH':
      return appendChunk(storage, repository, id, size, request);
    case 'PUT':
      return finishUpload(storage, repository, id, size, request);
    default:
      return refuse('UNSUPPORTED', 'uploads know GET, PATCH, PUT and DELETE');
  }
}

async function appendChunk(
  storage: Storage,
  repository: string,
  id: string,
  size: number,
  { headers, body }: ServedRequest,
): Promise<ServedResponse> {
  const misplaced = isMisplaced(headers['content-range'], size);
  if (misplaced)
    return { ...refuse('RANGE_INVALID', 'chunks must come in order'), headers: rangeHeaders(repository, id, size) };
  await storage.append(names.upload(id), body);
  return accepted(repository, id, (await storage.size(names.upload(id))) ?? 0);
}

async function finishUpload(
  storage: Storage,
  repository: string,
  id: string,
  size: number,
  { url, headers, body }: ServedRequest,
): Promise<ServedResponse> {
  const digest = url.searchParams.get('digest') ?? '';
  if (!isDigest(digest)) return refuse('DIGEST_INVALID', 'the digest is missing or not valid');
  if (isMisplaced(headers['content-range'], size)) return refuse('RANGE_INVALID', 'chunks must come in order');
  await storage.append(names.upload(id), body);
  return commitBlob(storage, repository, id, digest);
}

/** `Content-Range: START-END` of a chunk must go on where the last one ended. */
function isMisplaced(range: string | undefined, size: number): boolean {
  return range !== undefined && Number(/^(?:bytes )?(\d{1,15})-/.exec(range)?.[1] ?? -1) !== size;
}

function accepted(repository: string, id: string, size: number): ServedResponse {
  return { status: 202, headers: rangeHeaders(repository, id, size) };
}

function rangeHeaders(repository: string, id: string, size: number): Record<string, string> {
  const location = `/v2/${repository}/blobs/uploads/${id}`;
  return { location, range: `0-${Math.max(0, size - 1)}`, 'docker-upload-uuid': id };
}
