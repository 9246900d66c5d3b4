import type { HttpHandler } from '../src/net/index.ts';
import { diskStorage } from '../src/oci/registry/disk-storage.ts';
import { memoryStorage, type Storage } from '../src/oci/registry/server.ts';
import { readAll, temporaryDirectory } from './context.ts';
import type { BuiltImage } from './image.ts';

/** Every kind of storage that the registry has. */
export const registryStorages: readonly (readonly [string, () => Storage])[] = [
  ['memory', memoryStorage],
  ['disk', () => diskStorage(temporaryDirectory())],
];

export interface CallAnswer {
  readonly status: number;
  readonly headers: Record<string, string>;
  readonly text: string;
}

/** Sends one request, `METHOD path?query`, without a network. */
export type Call = (
  line: string,
  body?: Buffer | string | AsyncIterable<Buffer>,
  headers?: Record<string, string>,
) => Promise<CallAnswer>;

export function calling(handler: HttpHandler): Call {
  return async (line, body = '', headers = {}) => {
    const [method = '', path = ''] = line.split(' ');
    const isWhole = typeof body === 'string' || Buffer.isBuffer(body);
    const request = { method, url: new URL(`http://localhost${path}`), headers, body: isWhole ? once(body) : body };
    const answer = await handler(request);
    const { body: sent = '' } = answer;
    const bytes = typeof sent === 'string' || sent instanceof Uint8Array ? Buffer.from(sent) : await readAll(sent);
    return { status: answer.status, headers: { ...answer.headers }, text: bytes.toString() };
  };
}

async function* once(body: Buffer | string): AsyncGenerator<Buffer, void, undefined> {
  if (body.length > 0) yield Buffer.from(body);
}

/** Pushes an image as a client would. */
export async function pushTestImage(call: Call, image: BuiltImage, repository: string, tag: string): Promise<void> {
  for (const { bytes, digest } of [image.config, ...image.layers]) {
    await call(`POST /v2/${repository}/blobs/uploads/?digest=${digest}`, bytes);
  }
  const { bytes, mediaType } = image.manifest;
  await call(`PUT /v2/${repository}/manifests/${tag}`, bytes, { 'content-type': mediaType });
}
