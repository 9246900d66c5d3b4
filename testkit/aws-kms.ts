import { createPublicKey } from 'node:crypto';
import { type JsonFields, readJsonBody } from './json-body.ts';
import { startHttp } from './server.ts';
import { signDigest } from './sign-digest.ts';
import { makeKey, type TestKey, type TestKeyKind } from './sigstore/keys.ts';

/** The API of AWS KMS for keys that sign, as JSON 1.1. */
export interface TestAwsKms {
  readonly address: string;
  /** Makes a key; its id. */
  readonly make: (kind: TestKeyKind, alias?: string) => string;
  /** What was asked, in order: the operation and what signed the request. */
  readonly requests: readonly string[];
}

interface Kept {
  readonly id: string;
  readonly key: TestKey;
}

type Answer = readonly [status: number, body: JsonFields];

const specs: Readonly<Record<string, TestKeyKind>> = { ECC_NIST_P256: 'ecdsa-p256' };
const algorithms: Readonly<Record<TestKeyKind, string>> = {
  'ecdsa-p256': 'ECDSA_SHA_256',
  'ecdsa-p384': 'ECDSA_SHA_384',
  'ecdsa-p521': 'ECDSA_SHA_512',
  rsa: 'RSASSA_PKCS1_V1_5_SHA_256',
  ed25519: 'ED25519_SHA_512',
};
const refuse = (status: number, type: string, message = ''): Answer => [status, { __type: type, message }];

export async function startAwsKms(
  fault: (operation: string) => Answer | undefined = () => undefined,
): Promise<TestAwsKms> {
  const keys = new Map<string, Kept>();
  const requests: string[] = [];
  const make = (kind: TestKeyKind, alias?: string): string => {
    const id = `00000000-0000-4000-8000-${String(keys.size).padStart(12, '0')}`;
    const kept = { id, key: makeKey(kind) };
    for (const name of [id, ...(alias === undefined ? [] : [alias])]) keys.set(name, kept);
    return id;
  };
  const operations: Readonly<Record<string, (body: JsonFields) => Answer>> = {
    GetPublicKey: ({ KeyId }) => {
      const kept = keys.get(nameOf(KeyId));
      if (kept === undefined) return refuse(400, 'NotFoundException', `Key '${String(KeyId)}' does not exist`);
      const PublicKey = createPublicKey(kept.key.privateKey).export({ type: 'spki', format: 'der' }).toString('base64');
      return [200, { KeyId: kept.id, PublicKey, KeyUsage: 'SIGN_VERIFY' }];
    },
    Sign: (body) => signWith(keys.get(nameOf(body['KeyId'])), body),
    CreateKey: ({ KeySpec, KeyUsage }) => {
      const kind = specs[String(KeySpec)];
      if (kind === undefined || KeyUsage !== 'SIGN_VERIFY') return refuse(400, 'ValidationException');
      return [200, { KeyMetadata: { KeyId: make(kind) } }];
    },
    CreateAlias: ({ AliasName, TargetKeyId }) => {
      const kept = keys.get(String(TargetKeyId));
      if (kept === undefined) return refuse(400, 'NotFoundException');
      keys.set(String(AliasName), kept);
      return [200, {}];
    },
  };
  const host = await startHttp(async (request, response) => {
    const operation = String(request.headers['x-amz-target']).replace(/^TrentService\./, '');
    const signed = /Credential=(\w+)\/\d{8}\/([\w-]+)\/kms\/aws4_request/.exec(request.headers.authorization ?? '');
    requests.push(`${operation} ${signed?.[1]} ${signed?.[2]}`);
    const body = await readJsonBody(request);
    const answer = fault(operation) ?? operations[operation]?.(body) ?? refuse(400, 'UnknownOperationException');
    const [status, fields] = signed === null ? refuse(400, 'MissingAuthenticationTokenException') : answer;
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(fields));
  });
  return { address: `http://${host}`, make, requests };
}

/** An ARN names what stands behind its account. */
function nameOf(id: unknown): string {
  return String(id).replace(/^arn:aws:kms:[^:]*:\d*:(?:key\/)?/, '');
}

function signWith(kept: Kept | undefined, body: JsonFields): Answer {
  if (kept === undefined) return refuse(400, 'NotFoundException');
  const { key } = kept;
  if (body['SigningAlgorithm'] !== algorithms[key.kind] || body['MessageType'] !== 'DIGEST') {
    return refuse(400, 'ValidationException', 'the algorithm does not fit the key');
  }
  const digest = Buffer.from(String(body['Message']), 'base64');
  return [200, { Signature: signDigest(key.privateKey, digest).toString('base64') }];
}
