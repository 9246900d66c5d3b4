import { type Digest, type DigestAlgorithm, digestAlgorithm, digestHex, isDigest } from '../../core/index.ts';
import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { keepBlob, mountBlob } from './blobs.ts';
import { refuse } from './errors.ts';
import type { Upload } from './open-uploads.ts';
import type { RegistryState } from './state.ts';

/** Wished for, so that chunks are worth a request; smaller ones are taken, too. */
const minChunkLength = '65536';
const algorithms: readonly DigestAlgorithm[] = ['sha256', 'sha384', 'sha512'];

/** POST: starts an upload, takes a whole blob at once, or mounts one that is there (distribution-spec, "Pushing blobs"). */
export async function startUpload(
  state: RegistryState,
  repository: string,
  request: ServedRequest,
): Promise<ServedResponse> {
  const { searchParams } = request.url;
  const mounted = await mountBlob(state, repository, searchParams.get('mount') ?? '', searchParams.get('from') ?? '');
  if (mounted !== undefined) return mounted;
  const digest = searchParams.get('digest');
  if (digest !== null && !isDigest(digest)) return refuse('DIGEST_INVALID', 'the digest is not valid');
  const hint = algorithms.find((name) => name === searchParams.get('digest-algorithm')) ?? 'sha256';
  const upload = await state.uploads.start(repository, digest === null ? hint : digestAlgorithm(digest));
  if (upload === undefined) {
    return refuse('TOOMANYREQUESTS', 'too many uploads are open', { headers: { 'retry-after': '5' } });
  }
  if (digest !== null) return alone(upload, () => takeWhole(state, upload, digest, request));
  return { status: 202, headers: { ...placeOf(upload), 'oci-chunk-min-length': minChunkLength } };
}

/** PATCH, PUT, GET and DELETE of a started upload. */
export async function continueUpload(
  state: RegistryState,
  repository: string,
  id: string,
  request: ServedRequest,
): Promise<ServedResponse> {
  const upload = state.uploads.find(repository, id);
  if (upload === undefined) return refuse('BLOB_UPLOAD_UNKNOWN', 'there is no such upload');
  switch (request.method) {
    case 'GET':
      return { status: 204, headers: placeOf(upload) };
    case 'DELETE':
      return alone(upload, async () => {
        await state.uploads.discard(upload);
        return { status: 204 };
      });
    case 'PATCH':
      return alone(upload, () => appendChunk(state, upload, request));
    default: {
      const digest = request.url.searchParams.get('digest') ?? '';
      if (!isDigest(digest)) return refuse('DIGEST_INVALID', 'the digest is missing or not valid');
      return alone(upload, () => finishUpload(state, upload, digest, request));
    }
  }
}

/** Two requests that write to one upload would mix their bytes. */
async function alone(upload: Upload, work: () => Promise<ServedResponse>): Promise<ServedResponse> {
  if (upload.isBusy) return refuse('BLOB_UPLOAD_INVALID', 'another request goes on with this upload', { status: 409 });
  upload.isBusy = true;
  try {
    return await work();
  } finally {
    upload.isBusy = false;
  }
}

async function appendChunk(state: RegistryState, upload: Upload, request: ServedRequest): Promise<ServedResponse> {
  return (await takeBody(state, upload, request)) ?? { status: 202, headers: placeOf(upload) };
}

/** Nobody was told where an upload of one request is, so nobody can go on with it when that breaks off. */
async function takeWhole(
  state: RegistryState,
  upload: Upload,
  digest: Digest,
  request: ServedRequest,
): Promise<ServedResponse> {
  try {
    return await finishUpload(state, upload, digest, request);
  } finally {
    await state.uploads.discard(upload);
  }
}

async function finishUpload(
  state: RegistryState,
  upload: Upload,
  digest: Digest,
  request: ServedRequest,
): Promise<ServedResponse> {
  const refusal = await takeBody(state, upload, request);
  if (refusal !== undefined) return refusal;
  const matches = (await state.uploads.digest(upload, digest)) === digestHex(digest);
  try {
    if (!matches) return refuse('DIGEST_INVALID', 'the bytes have another digest');
    return await keepBlob(state, upload, digest);
  } finally {
    await state.uploads.discard(upload);
  }
}

/** Adds the body to the upload; the answer when it cannot be. */
async function takeBody(
  { uploads, settings }: RegistryState,
  upload: Upload,
  { headers, body }: ServedRequest,
): Promise<ServedResponse | undefined> {
  const length = Number(headers['content-length'] ?? 0);
  const range = parseContentRange(headers['content-range']);
  if (range === 'invalid' || (range !== undefined && range.start !== upload.size)) {
    return refuse('RANGE_INVALID', 'chunks must come in order', { headers: placeOf(upload) });
  }
  if (range !== undefined && headers['content-length'] !== undefined && range.length !== length) {
    return refuse('SIZE_INVALID', 'the range has another length than the chunk');
  }
  const tooLarge = upload.size + length > settings.maxBlobSize;
  if (!tooLarge && (await uploads.append(upload, body))) return undefined;
  await uploads.discard(upload);
  return refuse('SIZE_INVALID', `a blob has at most ${settings.maxBlobSize} bytes`, { status: 413 });
}

/** `START-END` of a chunk (distribution-spec, "Pushing a blob in chunks"). */
function parseContentRange(header: string | undefined): { start: number; length: number } | 'invalid' | undefined {
  if (header === undefined) return undefined;
  const [, start, end] = /^(?:bytes )?(\d{1,15})-(\d{1,15})(?:\/(?:\d+|\*))?$/.exec(header) ?? [];
  if (start === undefined || Number(end) < Number(start)) return 'invalid';
  return { start: Number(start), length: Number(end) - Number(start) + 1 };
}

function placeOf({ id, repository, size }: Upload): Record<string, string> {
  const location = `/v2/${repository}/blobs/uploads/${id}`;
  return { location, range: `0-${Math.max(0, size - 1)}`, 'docker-upload-uuid': id };
}
