import { createHash } from 'node:crypto';
import {
  type BundleContent,
  inTotoPayloadType,
  preAuthEncoding,
  type SigstoreBundle,
  type VerificationMaterial,
} from '../envelope/index.ts';
import { hashOfKind, keyHint, loadPrivateKeys, type SigningKey } from '../trust/index.ts';
import { makeKeyOfOneUse } from './algorithms.ts';
import type { SigningRequest } from './request.ts';
import { certify, enter, type Signed, stamp } from './services.ts';

/**
 * Signs, and gathers what proves who did and when: a certificate where there is a token, stamps of timestamp authorities
 * and log entries, as the signing configuration says.
 * @throws TRUST_SERVICE_*, TRUST_TOKEN_INVALID, TRUST_CERTIFICATE_INVALID, NET_*
 */
export async function signContent(request: SigningRequest): Promise<SigstoreBundle> {
  const { key, certificates = [] } = await openSigner(request);
  const [certificate] = certificates;
  const content = await makeContent(request.content, key);
  const signed: Signed = {
    content,
    signature: signatureOf(content),
    key: key.publicKey,
    ...(certificate !== undefined && { certificate }),
  };
  const [timestamps, logEntries] = await Promise.all([stamp(request, signed), enter(request, signed)]);
  return { version: '0.3', material: toMaterial(key, certificates), logEntries, timestamps, content };
}

interface OpenedSigner {
  readonly key: SigningKey;
  /** The signer's, and those of its authorities behind it. */
  readonly certificates?: readonly Buffer[];
}

async function openSigner(request: SigningRequest): Promise<OpenedSigner> {
  const { signer } = request;
  if (signer.kind === 'certificate') return signer;
  const { toSigningKey } = await loadPrivateKeys();
  const key = signer.kind === 'key' ? signer.key : toSigningKey(makeKeyOfOneUse(signer.algorithm));
  if (signer.token === undefined) return { key };
  return { key, certificates: [await certify(request, key, signer.token)] };
}

function toMaterial(key: SigningKey, certificates: readonly Buffer[]): VerificationMaterial {
  const [certificate, ...more] = certificates;
  if (certificate === undefined) return { kind: 'public-key', hint: keyHint(key.publicKey) };
  return more.length === 0 ? { kind: 'certificate', certificate } : { kind: 'chain', certificates };
}

async function makeContent({ kind, bytes }: SigningRequest['content'], key: SigningKey): Promise<BundleContent> {
  if (kind === 'artifact') {
    const signature = await key.sign(bytes);
    // A signature over the message itself has no digest to be noted.
    if (key.scheme.name === 'ed25519') return { kind: 'message', signature };
    const algorithm = hashOfKind(key.publicKey.kind);
    return { kind: 'message', signature, digest: { algorithm, value: createHash(algorithm).update(bytes).digest() } };
  }
  const payload = Buffer.from(bytes);
  const signature = await key.sign(preAuthEncoding(inTotoPayloadType, payload));
  return { kind: 'dsse', envelope: { payloadType: inTotoPayloadType, payload, signatures: [{ signature }] } };
}

function signatureOf(content: BundleContent): Buffer {
  if (content.kind === 'message') return content.signature;
  return content.envelope.signatures[0]?.signature ?? Buffer.alloc(0);
}
