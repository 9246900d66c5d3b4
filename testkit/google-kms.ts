import { type JsonFields, readJsonBody } from './json-body.ts';
import { startHttp } from './server.ts';
import { signDigest } from './sign-digest.ts';
import { makeKey, type TestKey, type TestKeyKind } from './sigstore/keys.ts';

/** The interface of Google Cloud KMS (version 1) for keys that sign. */
export interface TestGoogleKms {
  readonly address: string;
  /** Makes a version of a key, `projects/…/cryptoKeys/K`, and tells its number. */
  readonly make: (key: string, kind: TestKeyKind, state?: string) => number;
  readonly pem: (key: string, version: number) => string;
  readonly requests: readonly string[];
}

interface Version {
  readonly key: TestKey;
  state: string;
}

type Answer = readonly [status: number, body: JsonFields];

const algorithms: Readonly<Record<TestKeyKind, string>> = {
  'ecdsa-p256': 'EC_SIGN_P256_SHA256',
  'ecdsa-p384': 'EC_SIGN_P384_SHA384',
  'ecdsa-p521': 'EC_SIGN_P521_SHA512',
  rsa: 'RSA_SIGN_PKCS1_2048_SHA256',
  ed25519: 'EC_SIGN_ED25519',
};
const refuse = (code: number, status: string, message: string): Answer => [code, { error: { code, message, status } }];

export async function startGoogleKms(
  fault: (path: string) => Answer | undefined = () => undefined,
  token = 'a-token',
): Promise<TestGoogleKms> {
  const rings = new Set<string>();
  const keys = new Map<string, Version[]>();
  const requests: string[] = [];
  const make = (name: string, kind: TestKeyKind, state = 'ENABLED'): number => {
    rings.add(name.split('/cryptoKeys/')[0] ?? '');
    const versions = [...(keys.get(name) ?? []), { key: makeKey(kind), state }];
    keys.set(name, versions);
    return versions.length;
  };
  const state: State = { rings, keys, make };
  const answer = (method: string, url: URL, body: JsonFields): Answer => {
    const path = url.pathname.replace(/^\/v1\//, '');
    for (const [question, route, handle] of routes) {
      const [, name = '', number = ''] = (question === method && route.exec(path)) || [];
      if (name !== '') return handle({ name, number, query: url.searchParams, body }, state);
    }
    return refuse(404, 'NOT_FOUND', `${path} not found.`);
  };
  const host = await startHttp(async (request, response) => {
    const { method = '', url = '', headers } = request;
    requests.push(`${method} ${url}`);
    const body = await readJsonBody(request);
    const isKnown = headers.authorization === `Bearer ${token}`;
    const found = isKnown ? answer(method, new URL(url, 'http://host'), body) : refuse(401, 'UNAUTHENTICATED', 'no');
    const [status, fields] = fault(url) ?? found;
    response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(fields));
  });
  const pem = (key: string, version: number): string => keys.get(key)?.[version - 1]?.key.pem ?? '';
  return { address: `http://${host}`, make, pem, requests };
}

interface State extends Pick<TestGoogleKms, 'make'> {
  readonly rings: Set<string>;
  readonly keys: ReadonlyMap<string, Version[]>;
}

interface Question {
  readonly name: string;
  readonly number: string;
  readonly query: URLSearchParams;
  readonly body: JsonFields;
}

type Handle = (question: Question, state: State) => Answer;

const key = String.raw`^(projects\/.+\/keyRings\/[\w-]+\/cryptoKeys\/[\w-]+)`;
const ring = String.raw`^(projects\/[^/]+\/locations\/[^/]+\/keyRings`;

/** Methods and paths that are known, the narrowest first. */
const routes: readonly (readonly [method: string, path: RegExp, handle: Handle])[] = [
  ['GET', new RegExp(`${key}\\/cryptoKeyVersions\\/(\\d+)\\/publicKey$`), showKey],
  ['POST', new RegExp(`${key}\\/cryptoKeyVersions\\/(\\d+):asymmetricSign$`), signDemanded],
  ['GET', new RegExp(`${key}\\/cryptoKeyVersions$`), listVersions],
  ['GET', new RegExp(`${key}$`), ({ name }, { keys }) => (keys.has(name) ? [200, { name }] : missing(name))],
  ['POST', new RegExp(`${ring}\\/[\\w-]+)\\/cryptoKeys$`), createKey],
  [
    'GET',
    new RegExp(`${ring}\\/[\\w-]+)$`),
    ({ name }, { rings }) => (rings.has(name) ? [200, { name }] : missing(name)),
  ],
  ['POST', new RegExp(`${ring})$`), createRing],
];

function missing(name: string): Answer {
  return refuse(404, 'NOT_FOUND', `${name} not found.`);
}

function versionOf({ name, number }: Question, { keys }: State): Version | undefined {
  return keys.get(name)?.[Number(number) - 1];
}

function showKey(question: Question, state: State): Answer {
  const version = versionOf(question, state);
  if (version === undefined) return missing(question.name);
  return [200, { pem: version.key.pem, algorithm: algorithms[version.key.kind] }];
}

function signDemanded(question: Question, state: State): Answer {
  const version = versionOf(question, state);
  return version === undefined ? missing(question.name) : signWith(version, question.body);
}

/** What is still being made is made by the next time. */
function listVersions({ name }: Question, { keys }: State): Answer {
  const versions = keys.get(name);
  if (versions === undefined) return missing(name);
  const listed = versions.map(({ state }, index) => ({ name: `${name}/cryptoKeyVersions/${index + 1}`, state }));
  for (const one of versions) if (one.state === 'PENDING_GENERATION') one.state = 'ENABLED';
  return [200, { cryptoKeyVersions: listed }];
}

function createRing({ name, query }: Question, { rings }: State): Answer {
  rings.add(`${name}/${query.get('keyRingId')}`);
  return [200, {}];
}

function createKey({ name, query, body }: Question, { rings, make }: State): Answer {
  const { purpose, versionTemplate } = body as { purpose?: string; versionTemplate?: { algorithm?: string } };
  const isKnown = purpose === 'ASYMMETRIC_SIGN' && versionTemplate?.algorithm === 'EC_SIGN_P256_SHA256';
  if (!isKnown || !rings.has(name)) return refuse(400, 'INVALID_ARGUMENT', 'no');
  make(`${name}/cryptoKeys/${query.get('cryptoKeyId')}`, 'ecdsa-p256', 'PENDING_GENERATION');
  return [200, {}];
}

function signWith({ key }: Version, body: JsonFields): Answer {
  const hash = { 'ecdsa-p384': 'sha384', 'ecdsa-p521': 'sha512' }[key.kind as string] ?? 'sha256';
  const digest = (body['digest'] as JsonFields | undefined)?.[hash];
  if (typeof digest !== 'string') return refuse(400, 'INVALID_ARGUMENT', 'the digest is not of the hash of the key');
  return [200, { signature: signDigest(key.privateKey, Buffer.from(digest, 'base64')).toString('base64') }];
}
