import type { IncomingMessage } from 'node:http';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { startHttp } from './server.ts';

/** The parts of GitHub's and GitLab's interfaces by which jobs are given secrets and variables. */
export interface TestKeyStores {
  readonly address: string;
  /** What was kept, decrypted, by `PLACE/NAME`: `repos/org/app/COSIGN_PASSWORD`. */
  readonly kept: ReadonlyMap<string, string>;
  /** Of GitHub: the other fields that came with a secret. */
  readonly visibility: ReadonlyMap<string, unknown>;
  /** Requests to nothing that either has. */
  readonly unanswered: readonly string[];
}

export interface KeyStoreOptions {
  readonly token?: string;
  /** Answers in place of the service. */
  readonly fault?: (path: string) => readonly [status: number, body: string] | undefined;
}

type Answer = readonly [status: number, body?: object];
type Body = Readonly<Record<string, unknown>>;

/** Holds the projects `org/app` and `7` and the group `org` of GitLab, and every repository and organization of GitHub. */
export async function startKeyStores({ token = 'a-token', fault }: KeyStoreOptions = {}): Promise<TestKeyStores> {
  const kept = new Map<string, string>();
  const visibility = new Map<string, unknown>();
  const unanswered: string[] = [];
  const pair = x25519.keygen();

  const github = (method: string, path: string, body: Body): Answer | undefined => {
    const [, place = '', name = ''] =
      /^\/api\/v3\/((?:repos\/[^/]+|orgs)\/[^/]+)\/actions\/secrets\/([\w-]+)$/.exec(path) ?? [];
    if (place === '') return undefined;
    if (method === 'GET' && name === 'public-key') {
      return [200, { key_id: '568250', key: Buffer.from(pair.publicKey).toString('base64') }];
    }
    if (method !== 'PUT' || body['key_id'] !== '568250') return [422, { message: 'key_id is not right' }];
    const opened = unseal(Buffer.from(String(body['encrypted_value']), 'base64'), pair);
    kept.set(`${place}/${name}`, opened);
    visibility.set(`${place}/${name}`, body['visibility']);
    return [201];
  };

  const gitlab = (method: string, path: string, body: Body): Answer | undefined => {
    const [, kind = '', id = '', rest = ''] = /^\/api\/v4\/(projects|groups)\/([^/?]+)([^?]*)/.exec(path) ?? [];
    const place = `${kind}/${decodeURIComponent(id)}`;
    if (kind === '') return undefined;
    if (!['projects/org/app', 'projects/7', 'groups/org'].includes(place)) return [404, { message: '404 Not Found' }];
    if (rest === '') return [200, { id: 7, path: decodeURIComponent(id) }];
    if (method === 'POST' && rest === '/variables') {
      const name = `${place}/${String(body['key'])}`;
      if (kept.has(name)) return [400, { message: { key: ['has already been taken'] } }];
      kept.set(name, String(body['value']));
      return [201, { key: body['key'], value: body['value'] }];
    }
    const value = kept.get(`${place}/${rest.slice('/variables/'.length)}`);
    return value === undefined ? [404, { message: '404 Variable Not Found' }] : [200, { value }];
  };

  const host = await startHttp(async (request, response) => {
    const { method = '', url = '', headers } = request;
    const isKnown = headers.authorization === `Bearer ${token}` || headers['private-token'] === token;
    const told = fault?.(url);
    if (told !== undefined) return void response.writeHead(told[0]).end(told[1]);
    const body = await readBody(request);
    const found = github(method, url, body) ?? gitlab(method, url, body);
    if (found === undefined) unanswered.push(`${method} ${url}`);
    const [status, fields] = isKnown ? (found ?? [404, {}]) : [401, { message: '401 Unauthorized' }];
    response.writeHead(status, { 'content-type': 'application/json' }).end(fields && JSON.stringify(fields));
  });
  return { address: `http://${host}`, kept, visibility, unanswered };
}

/** Opens a sealed box of libsodium. */
function unseal(
  box: Buffer,
  { secretKey, publicKey }: { readonly secretKey: Uint8Array; readonly publicKey: Uint8Array },
): string {
  const sender = box.subarray(0, 32);
  const shared = x25519.getSharedSecret(secretKey, sender).slice();
  const key = new Uint32Array(8);
  const constants = new Uint32Array(Uint8Array.from(Buffer.from('expand 32-byte k')).buffer);
  hsalsa(constants, new Uint32Array(shared.buffer), new Uint32Array(4), key);
  const nonce = blake2b(Buffer.concat([sender, publicKey]), { dkLen: 24 });
  return Buffer.from(xsalsa20poly1305(new Uint8Array(key.buffer), nonce).decrypt(box.subarray(32))).toString('utf8');
}

async function readBody(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  const text = Buffer.concat(parts).toString('utf8');
  return text === '' ? {} : JSON.parse(text);
}
