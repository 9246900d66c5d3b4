import { createHash } from 'node:crypto';
import {
  type BundleContent,
  type DsseEnvelope,
  inTotoPayloadType,
  preAuthEncoding,
  type SigstoreBundle,
} from '../../src/envelope/index.ts';
import { type IdentityRequest, makeAuthority, type TestAuthority } from './authority.ts';
import { type TestCertificate, toPem } from './certificate.ts';
import { makeCertificateLog, type TestCertificateLog } from './certificate-log.ts';
import { dsseV1, dsseV2, type EntrySigner, hashedRekordV1, hashedRekordV2, intotoV2 } from './entries.ts';
import { makeKey, type TestKey, type TestKeyKind } from './keys.ts';
import { makeLog, type TestLog } from './log.ts';
import { makeTimestampAuthority, type TestTimestampAuthority } from './timestamp-authority.ts';
import { type TrustedRootParts, trustedRootJson } from './trusted-root.ts';

/** All services of one Sigstore deployment, in this process. */
export interface TestStack {
  readonly at: Date;
  readonly authority: TestAuthority;
  readonly certificateLog: TestCertificateLog;
  readonly log: TestLog;
  readonly log2: TestLog;
  readonly timestamps: TestTimestampAuthority;
  readonly trustedRoot: (change?: TrustedRootParts) => string;
}

export const testTime: Date = new Date('2026-06-01T12:00:00Z');

export function makeStack(at: Date = testTime): TestStack {
  const authority = makeAuthority(at);
  const certificateLog = makeCertificateLog();
  const log = makeLog({ url: 'https://rekor.example.com', version: 1 });
  const log2 = makeLog({ url: 'https://log2.example.com', version: 2 });
  const timestamps = makeTimestampAuthority(at);
  return {
    at,
    authority,
    certificateLog,
    log,
    log2,
    timestamps,
    trustedRoot: (change = {}) =>
      trustedRootJson({
        logs: [log, log2],
        authorities: [{ chain: [authority.intermediate, authority.root] }],
        certificateLogs: [certificateLog],
        timestampAuthorities: [{ chain: [timestamps.leaf, timestamps.root] }],
        ...change,
      }),
  };
}

export interface SignRequest {
  /** The artifact; a statement about it is signed when `content` is not a message. */
  readonly artifact: Uint8Array;
  readonly content: 'message' | 'statement';
  /** Which log the signature is entered in, and as what. */
  readonly log?: 'v1' | 'v1-intoto' | 'v1-hashedrekord' | 'v2' | 'v2-dsse' | 'none';
  readonly timestamped?: boolean;
  /** Milliseconds after the certificate's start of each stamp; one after five seconds unless given. */
  readonly stampedAfter?: readonly number[];
  /** Signs with this key and no certificate. */
  readonly key?: TestKey;
  readonly identity?: Partial<IdentityRequest>;
  readonly keyKind?: TestKeyKind;
  readonly version?: SigstoreBundle['version'];
  readonly statement?: unknown;
  readonly at?: Date;
}

export interface Signed {
  readonly bundle: SigstoreBundle;
  readonly key: TestKey;
  readonly certificate?: TestCertificate;
}

const hashes: Record<TestKeyKind, 'sha256' | 'sha384' | 'sha512'> = {
  'ecdsa-p256': 'sha256',
  'ecdsa-p384': 'sha384',
  'ecdsa-p521': 'sha512',
  rsa: 'sha256',
  ed25519: 'sha512',
};

/** A bundle as a client of the stack would make it. */
export function signBundle(stack: TestStack, request: SignRequest): Signed {
  const { artifact, log = 'v1', version = '0.3', at = stack.at } = request;
  const key = request.key ?? makeKey(request.keyKind);
  const certificate =
    request.key === undefined
      ? stack.authority.issue({ at, certificateLog: stack.certificateLog, key, ...request.identity })
      : undefined;
  const content = request.content === 'message' ? signMessage(key, artifact) : signStatement(key, request);
  const signature = content.kind === 'message' ? content.signature : content.envelope.signatures[0]?.signature;
  const moment = new Date(at.getTime() + 5000);
  const timestamped = request.timestamped ?? log.startsWith('v2');
  const stamps = (request.stampedAfter ?? [5000]).map((after) => new Date(at.getTime() + after));
  const bundle: SigstoreBundle = {
    version,
    material:
      certificate === undefined
        ? { kind: 'public-key', hint: createHash('sha256').update(key.spki).digest('base64') }
        : { kind: 'certificate', certificate: certificate.der },
    logEntries: log === 'none' ? [] : [enter(stack, log, content, signerOf(key, certificate), moment)],
    timestamps: timestamped ? stamps.map((time) => stack.timestamps.stamp(signature ?? Buffer.alloc(0), time)) : [],
    content,
  };
  return { bundle, key, ...(certificate !== undefined && { certificate }) };
}

export function signerOf(key: TestKey, certificate?: TestCertificate): EntrySigner {
  return certificate === undefined
    ? { pem: key.pem, der: key.spki, isCertificate: false, kind: key.kind }
    : { pem: toPem(certificate.der), der: certificate.der, isCertificate: true, kind: key.kind };
}

function signMessage(key: TestKey, artifact: Uint8Array): BundleContent & { kind: 'message' } {
  const algorithm = hashes[key.kind];
  const value = createHash(algorithm).update(artifact).digest();
  return { kind: 'message', signature: key.sign(artifact), digest: { algorithm, value } };
}

/** A statement of in-toto about an artifact. */
export function statementAbout(artifact: Uint8Array, change: object = {}): object {
  return {
    _type: 'https://in-toto.io/Statement/v1',
    subject: [{ name: 'artifact', digest: { sha256: createHash('sha256').update(artifact).digest('hex') } }],
    predicateType: 'https://example.com/predicate',
    predicate: {},
    ...change,
  };
}

function signStatement(key: TestKey, { artifact, statement }: SignRequest): BundleContent & { kind: 'dsse' } {
  const payload = Buffer.from(JSON.stringify(statement ?? statementAbout(artifact)));
  const signature = key.sign(preAuthEncoding(inTotoPayloadType, payload));
  return { kind: 'dsse', envelope: { payloadType: inTotoPayloadType, payload, signatures: [{ signature }] } };
}

function enter(stack: TestStack, log: SignRequest['log'], content: BundleContent, signer: EntrySigner, at: Date) {
  if (log?.startsWith('v1')) return stack.log.append(bodyV1(log, content, signer), at);
  return stack.log2.append(bodyV2(log, content, signer), at);
}

function bodyV1(log: SignRequest['log'], content: BundleContent, signer: EntrySigner): object {
  if (content.kind === 'message') {
    return hashedRekordV1(content.digest?.value ?? Buffer.alloc(0), content.signature, signer);
  }
  const { envelope } = content;
  if (log === 'v1-intoto') return intotoV2(envelope, signer);
  if (log === 'v1') return dsseV1(envelope, signer);
  return hashedRekordV1(digestOf(envelope, signer), envelope.signatures[0]?.signature ?? Buffer.alloc(0), signer);
}

function bodyV2(log: SignRequest['log'], content: BundleContent, signer: EntrySigner): object {
  if (content.kind === 'message') {
    return hashedRekordV2(content.digest?.value ?? Buffer.alloc(0), content.signature, signer);
  }
  const { envelope } = content;
  if (log === 'v2-dsse') return dsseV2(envelope, signer);
  return hashedRekordV2(digestOf(envelope, signer), envelope.signatures[0]?.signature ?? Buffer.alloc(0), signer);
}

/** Of what the signature of an envelope is over. */
function digestOf({ payloadType, payload }: DsseEnvelope, { kind }: EntrySigner): Buffer {
  return createHash(hashes[kind]).update(preAuthEncoding(payloadType, payload)).digest();
}
