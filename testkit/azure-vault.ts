import { type JsonFields, readJsonBody } from './json-body.ts';
import { startHttp } from './server.ts';
import { signDigest } from './sign-digest.ts';
import { makeKey, type TestKey, type TestKeyKind } from './sigstore/keys.ts';

/** The interface of Azure Key Vault (version 7.4) for keys that sign. */
export interface TestAzureVault {
  readonly address: string;
  /** Makes a version of a key; its name. */
  readonly make: (name: string, kind: TestKeyKind, isInModule?: boolean) => string;
  readonly requests: readonly string[];
}

interface Version {
  readonly id: string;
  readonly key: TestKey;
  readonly suffix: string;
}

type Answer = readonly [status: number, body: JsonFields];

const algorithms: Readonly<Record<TestKeyKind, string>> = {
  'ecdsa-p256': 'ES256',
  'ecdsa-p384': 'ES384',
  'ecdsa-p521': 'ES512',
  rsa: 'RS256',
  ed25519: 'EdDSA',
};
const refuse = (status: number, code: string): Answer => [status, { error: { code, message: code } }];

export async function startAzureVault(
  fault: (path: string) => Answer | undefined = () => undefined,
  token = 'a-token',
): Promise<TestAzureVault> {
  const keys = new Map<string, Version[]>();
  const requests: string[] = [];
  const make = (name: string, kind: TestKeyKind, isInModule = false): string => {
    const versions = keys.get(name) ?? [];
    const id = `${versions.length + 1}`.padStart(32, 'a');
    keys.set(name, [...versions, { id, key: makeKey(kind), suffix: isInModule ? '-HSM' : '' }]);
    return id;
  };
  const createKey = (name: string, { kty, crv }: JsonFields): boolean =>
    kty === 'EC' && crv === 'P-256' && make(name, 'ecdsa-p256') !== '';
  const answer = (method: string, url: URL, body: JsonFields): Answer => {
    const [, name = '', rest = '', action] = /^\/keys\/([\w-]+)(?:\/(\w+))?(?:\/(\w+))?$/.exec(url.pathname) ?? [];
    if (url.searchParams.get('api-version') !== '7.4') return refuse(400, 'BadParameter');
    if (method === 'POST' && rest === 'create' && !createKey(name, body)) return refuse(400, 'BadParameter');
    const version = versionIn(keys.get(name) ?? [], rest);
    if (version === undefined) return refuse(404, 'KeyNotFound');
    return action === 'sign' && method === 'POST' ? signWith(version, body) : showKey(version, name);
  };
  const host = await startHttp(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push(`${method} ${url}`);
    const body = await readJsonBody(request);
    const isKnown = headers.authorization === `Bearer ${token}`;
    const found = isKnown ? answer(method, new URL(url, 'http://host'), body) : refuse(401, 'Unauthorized');
    const [status, fields] = fault(url) ?? found;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(fields));
  });
  return { address: `http://${host}`, make, requests };
}

/** The newest unless one is named. */
function versionIn(versions: readonly Version[], name: string): Version | undefined {
  return name === '' || name === 'create' ? versions.at(-1) : versions.find(({ id }) => id === name);
}

function showKey({ key, id, suffix }: Version, name: string): Answer {
  const { kty, ...jwk } = key.publicKey.export({ format: 'jwk' });
  const kid = `https://vault.vault.azure.net/keys/${name}/${id}`;
  return [200, { key: { kid, kty: `${kty}${suffix}`, key_ops: ['sign', 'verify'], ...jwk } }];
}

function signWith({ key, id }: Version, { alg, value }: JsonFields): Answer {
  if (alg !== algorithms[key.kind] || typeof value !== 'string') return refuse(400, 'BadParameter');
  const signature = signDigest(key.privateKey, Buffer.from(value, 'base64url'), 'compact');
  return [200, { kid: id, value: signature.toString('base64url') }];
}
