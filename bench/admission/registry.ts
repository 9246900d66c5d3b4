import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildImage } from '../../testkit/image.ts';
import { type EvidenceManifest, legacyManifest, legacyTag } from '../../testkit/sigstore/attach.ts';
import type { TestKey } from '../../testkit/sigstore/keys.ts';
import { simpleSigning } from '../../testkit/sigstore/legacy.ts';

/** A registry that can be read from only, and counts. */
export interface CountingRegistry {
  /** Names with a tag and with a digest. */
  readonly tagged: readonly string[];
  readonly pinned: readonly string[];
  /** How often each thing was asked for, by method and path, since the last time. */
  take(): Map<string, number>;
  close(): void;
}

interface Stored {
  readonly bytes: Buffer;
  readonly mediaType: string;
  readonly digest: string;
}

/** Distinct images, each signed with the key. */
export async function serveSigned(count: number, key: TestKey): Promise<CountingRegistry> {
  const stored = new Map<string, Stored>();
  const digests = Array.from({ length: count }, (_, index) => putSigned(stored, index, key));
  let seen = new Map<string, number>();
  const server = createServer(({ method, url = '' }, answer) => {
    const place = `${method} ${url}`;
    if (url !== '/v2/') seen.set(place, (seen.get(place) ?? 0) + 1);
    const found = stored.get(url.replace(/^\/v2\//, ''));
    if (found === undefined) return void answer.writeHead(url === '/v2/' ? 200 : 404).end();
    const { mediaType, bytes, digest } = found;
    const headers = { 'content-type': mediaType, 'content-length': bytes.length, 'docker-content-digest': digest };
    answer.writeHead(200, headers).end(method === 'HEAD' ? undefined : bytes);
  });
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const host = `127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    tagged: digests.map((_, index) => `${host}/bench/app${index}:1`),
    pinned: digests.map((digest, index) => `${host}/bench/app${index}@${digest}`),
    take() {
      const taken = seen;
      seen = new Map();
      return taken;
    },
    close: () => server.close().closeAllConnections(),
  };
}

function putSigned(stored: Map<string, Stored>, index: number, key: TestKey): string {
  const repository = `bench/app${index}`;
  const put = ({ manifest, blobs }: EvidenceManifest, tag: string): void => {
    for (const blob of blobs) stored.set(`${repository}/blobs/${blob.digest}`, blob);
    for (const name of [tag, manifest.digest]) stored.set(`${repository}/manifests/${name}`, manifest);
  };
  const { manifest, config, layers } = buildImage({
    layers: [[{ path: 'number', content: String(index) }]],
    packing: 'none',
  });
  put({ manifest, blobs: [config, ...layers] }, '1');
  const blob = simpleSigning(manifest.digest);
  const annotations = { 'dev.cosignproject.cosign/signature': key.sign(blob).toString('base64') };
  const mediaType = 'application/vnd.dev.cosign.simplesigning.v1+json';
  put(legacyManifest([{ mediaType, annotations, blob }]), legacyTag(manifest, 'sig'));
  return manifest.digest;
}
