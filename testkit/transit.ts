import type { IncomingMessage, ServerResponse } from 'node:http';
import { startHttp } from './server.ts';
import { makeVersion, type TransitKind, type TransitVersion } from './transit-key.ts';

export interface TransitOptions {
  readonly token?: string;
  readonly namespace?: string;
  readonly mount?: string;
  /** Answers in place of the engine, as often as it gives something. */
  readonly fault?: (path: string) => { readonly status: number; readonly body: string } | undefined;
}

/** The transit engine of Vault and OpenBao, without the enterprise's parts. */
export interface TestTransit {
  readonly address: string;
  /** Makes a key, or a new version of it. */
  readonly rotate: (name: string, kind?: TransitKind) => TransitVersion;
  /** `METHOD path` of every request. */
  readonly requests: readonly string[];
  /** Requests to nothing that the engine has. */
  readonly unanswered: readonly string[];
}

type Answer = readonly [status: number, body?: object];
type Body = Readonly<Record<string, unknown>>;

const kinds: readonly unknown[] = ['ecdsa-p256', 'ecdsa-p384', 'ecdsa-p521', 'rsa-2048', 'ed25519'];
const refuse = (status: number, ...errors: string[]): Answer => [status, { errors }];

export async function startTransit(options: TransitOptions = {}): Promise<TestTransit> {
  const { token = 'a-token', mount = 'transit' } = options;
  const keys = new Map<string, TransitVersion[]>();
  const [requests, unanswered]: [string[], string[]] = [[], []];
  const rotate = (name: string, kind?: TransitKind): TransitVersion => {
    const versions = keys.get(name) ?? [];
    const version = makeVersion(kind ?? versions[0]?.kind ?? 'ecdsa-p256');
    keys.set(name, [...versions, version]);
    return version;
  };
  const answer = (method: string, path: string, headers: IncomingMessage['headers'], body: Body): Answer => {
    const isKnown = headers['x-vault-namespace'] === options.namespace && headers['x-vault-token'] === token;
    if (!isKnown) return refuse(403, 'permission denied');
    const [action, name = '', hash] = path.split('/').filter((part) => part !== '');
    const question = `${method === 'POST' ? 'PUT' : method} ${action}`;
    const versions = keys.get(name);
    const known = Object.hasOwn(operations, question) ? operations[question] : undefined;
    if (known === undefined) unanswered.push(`${method} ${path}`);
    return known?.({ name, body, hash, versions, make: (kind) => rotate(name, kind) }) ?? refuse(404);
  };
  const host = await startHttp(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push(`${method} ${url}`);
    const told = options.fault?.(url);
    if (told !== undefined) return void response.writeHead(told.status).end(told.body);
    const prefix = `/v1/${mount}/`;
    const body = await readBody(request);
    if (!url.startsWith(prefix)) unanswered.push(`${method} ${url}`);
    send(response, url.startsWith(prefix) ? answer(method, url.slice(prefix.length), headers, body) : refuse(404));
  });
  return { address: `http://${host}`, rotate, requests, unanswered };
}

interface Question {
  readonly name: string;
  readonly body: Body;
  readonly hash: string | undefined;
  readonly versions: readonly TransitVersion[] | undefined;
  readonly make: (kind: TransitKind) => void;
}

const operations: Readonly<Record<string, (question: Question) => Answer>> = {
  'GET keys': ({ name, versions }) => (versions === undefined ? refuse(404) : describe(name, versions)),
  'PUT keys': ({ body, versions, make }) => create(body['type'] ?? 'aes256-gcm96', versions, make),
  'PUT sign': ({ versions, body, hash }) => signWith(versions ?? [], body, hash),
  'PUT verify': ({ versions, body, hash }) => verifyWith(versions ?? [], body, hash),
};

async function readBody(request: IncomingMessage): Promise<Body> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return parts.length === 0 ? {} : JSON.parse(Buffer.concat(parts).toString('utf8'));
}

function send(response: ServerResponse, [status, body]: Answer): void {
  response.writeHead(status, { 'content-type': 'application/json' }).end(body && JSON.stringify(body));
}

/** A key of that name that is there already is left alone. */
function create(type: unknown, versions: unknown, make: (kind: TransitKind) => void): Answer {
  if (!kinds.includes(type)) return refuse(400, `unknown key type ${String(type)}`);
  if (versions === undefined) make(type as TransitKind);
  return [204];
}

function describe(name: string, versions: readonly TransitVersion[]): Answer {
  const entries = versions.map(({ kind, shown }, index) => {
    const known = { 'ecdsa-p256': 'P-256', 'ecdsa-p384': 'P-384', 'ecdsa-p521': 'P-521' } as Record<string, string>;
    return [String(index + 1), { name: known[kind] ?? kind, public_key: shown, creation_time: '2026-01-01T00:00:00Z' }];
  });
  const type = versions[0]?.kind;
  return [200, { data: { name, type, latest_version: versions.length, keys: Object.fromEntries(entries) } }];
}

function signWith(versions: readonly TransitVersion[], body: Body, hash = 'sha2-256'): Answer {
  const wanted = Number(body['key_version'] ?? 0) || versions.length;
  const version = versions[wanted - 1];
  if (version === undefined) return refuse(400, 'requested version for signing is higher than the latest key version');
  const signature = version.sign(toRequest(body, hash));
  if (signature === undefined) return refuse(400, 'invalid input for this kind of key');
  return [200, { data: { key_version: wanted, signature: `vault:v${wanted}:${signature.toString('base64')}` } }];
}

function verifyWith(versions: readonly TransitVersion[], body: Body, hash = 'sha2-256'): Answer {
  const [, wanted, encoded = ''] = /^vault:v(\d+):(.*)$/s.exec(String(body['signature'])) ?? [];
  const version = versions[Number(wanted) - 1];
  if (version === undefined) return refuse(400, 'invalid signature: version could not be decoded');
  return [200, { data: { valid: version.verify(toRequest(body, hash), Buffer.from(encoded, 'base64')) } }];
}

function toRequest(body: Body, hash: string) {
  const input = Buffer.from(String(body['input']), 'base64');
  const isPkcs1 = body['signature_algorithm'] === 'pkcs1v15';
  return { input, prehashed: body['prehashed'] === true, hash: hash.replace('sha2-', 'sha'), isPkcs1 };
}
