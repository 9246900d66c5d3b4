import { createHash } from 'node:crypto';
import { type Digest, digestAlgorithm, digestHex, isDigest } from '../../core/index.ts';
import type { ServedRequest, ServedResponse } from '../../net/index.ts';
import { refuse } from './errors.ts';
import { names } from './names.ts';
import type { Storage } from './storage.ts';

/** HEAD and GET of a blob (distribution-spec, "Pulling blobs"), whole or one range of it. */
export async function serveBlob(
  storage: Storage,
  repository: string,
  text: string,
  { method, headers }: ServedRequest,
): Promise<ServedResponse> {
  if (!isDigest(text)) return refuse('DIGEST_INVALID', 'the digest is not valid');
  const size = await linkedSize(storage, repository, text);
  if (size === undefined) return refuse('BLOB_UNKNOWN', 'the repository has no such blob');
  if (method === 'DELETE') {
    await storage.remove(names.link(repository, text));
    return { status: 202 };
  }
  const range = parseRange(headers['range'], size);
  if (range === 'invalid') return refuse('RANGE_INVALID', 'the range does not lie in the blob');
  const { start, length } = range ?? { start: 0, length: size };
  return {
    status: range === undefined ? 200 : 206,
    headers: {
      'content-type': 'application/octet-stream',
      'content-length': String(length),
      'docker-content-digest': text,
      'accept-ranges': 'bytes',
      ...(range !== undefined && { 'content-range': `bytes ${start}-${start + length - 1}/${size}` }),
    },
    body: storage.stream(names.blob(text), start, length),
  };
}

/** Size of a blob that belongs to a repository. */
export async function linkedSize(storage: Storage, repository: string, digest: Digest): Promise<number | undefined> {
  const linked = (await storage.size(names.link(repository, digest))) !== undefined;
  return linked ? storage.size(names.blob(digest)) : undefined;
}

/** One range of bytes (RFC 9110 14.1.2); undefined when none is asked for. */
function parseRange(
  header: string | undefined,
  size: number,
): { start: number; length: number } | 'invalid' | undefined {
  const found = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '');
  if (found === null) return undefined;
  const [, from = '', to = ''] = found;
  if (from === '' && to === '') return 'invalid';
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  return start > end ? 'invalid' : { start, length: end - start + 1 };
}

/** Checks an upload's bytes against the digest that they shall have, then gives them that name. */
export async function commitBlob(
  storage: Storage,
  repository: string,
  upload: string,
  digest: Digest,
): Promise<ServedResponse> {
  const name = names.upload(upload);
  const size = (await storage.size(name)) ?? 0;
  const hash = createHash(digestAlgorithm(digest));
  if (size > 0) for await (const chunk of storage.stream(name, 0, size)) hash.update(chunk);
  if (hash.digest('hex') !== digestHex(digest)) {
    await storage.remove(name);
    return refuse('DIGEST_INVALID', 'the bytes have another digest');
  }
  if (size === 0) await storage.write(name, new Uint8Array());
  await storage.move(name, names.blob(digest));
  await storage.write(names.link(repository, digest), new Uint8Array());
  const location = `/v2/${repository}/blobs/${digest}`;
  return { status: 201, headers: { location, 'docker-content-digest': digest } };
}
