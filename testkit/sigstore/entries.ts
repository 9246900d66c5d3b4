import { createHash } from 'node:crypto';
import type { DsseEnvelope } from '../../src/envelope/index.ts';
import type { TestKeyKind } from './keys.ts';

/** What signed, as logs write it: PEM for Rekor 1, DER for Rekor 2. */
export interface EntrySigner {
  readonly pem: string;
  readonly der: Buffer;
  readonly isCertificate: boolean;
  readonly kind: TestKeyKind;
}

const base64 = (bytes: Uint8Array | string): string => Buffer.from(bytes).toString('base64');
const hex256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

export function hashedRekordV1(digest: Buffer, signature: Buffer, signer: EntrySigner): object {
  const algorithm = { 32: 'sha256', 48: 'sha384', 64: 'sha512' }[digest.length];
  return {
    apiVersion: '0.0.1',
    kind: 'hashedrekord',
    spec: {
      data: { hash: { algorithm, value: digest.toString('hex') } },
      signature: { content: base64(signature), publicKey: { content: base64(signer.pem) } },
    },
  };
}

/** `text` is the envelope as it was handed in. */
export function dsseV1(envelope: DsseEnvelope, signer: EntrySigner, text = 'not looked at'): object {
  return {
    apiVersion: '0.0.1',
    kind: 'dsse',
    spec: {
      envelopeHash: { algorithm: 'sha256', value: hex256(Buffer.from(text)) },
      payloadHash: { algorithm: 'sha256', value: hex256(envelope.payload) },
      signatures: envelope.signatures.map(({ signature }) => ({
        signature: base64(signature),
        verifier: base64(signer.pem),
      })),
    },
  };
}

export function intotoV2(envelope: DsseEnvelope, signer: EntrySigner): object {
  const signatures = envelope.signatures.map(({ signature }) => ({
    publicKey: base64(signer.pem),
    sig: base64(base64(signature)),
  }));
  return {
    apiVersion: '0.0.2',
    kind: 'intoto',
    spec: {
      content: {
        envelope: { payloadType: envelope.payloadType, signatures },
        hash: { algorithm: 'sha256', value: hex256(Buffer.from('not looked at')) },
        payloadHash: { algorithm: 'sha256', value: hex256(envelope.payload) },
      },
    },
  };
}

const details: Record<TestKeyKind, readonly [keyDetails: string, hash: string]> = {
  'ecdsa-p256': ['PKIX_ECDSA_P256_SHA_256', 'SHA2_256'],
  'ecdsa-p384': ['PKIX_ECDSA_P384_SHA_384', 'SHA2_384'],
  'ecdsa-p521': ['PKIX_ECDSA_P521_SHA_512', 'SHA2_512'],
  rsa: ['PKIX_RSA_PKCS1V15_2048_SHA256', 'SHA2_256'],
  ed25519: ['PKIX_ED25519_PH', 'SHA2_512'],
};

function verifierV2({ kind, der, isCertificate }: EntrySigner): object {
  const rawBytes = base64(der);
  return {
    keyDetails: details[kind][0],
    ...(isCertificate ? { x509Certificate: { rawBytes } } : { publicKey: { rawBytes } }),
  };
}

export function hashedRekordV2(digest: Buffer, signature: Buffer, signer: EntrySigner): object {
  return {
    apiVersion: '0.0.2',
    kind: 'hashedrekord',
    spec: {
      hashedRekordV002: {
        data: { algorithm: details[signer.kind][1], digest: base64(digest) },
        signature: { content: base64(signature), verifier: verifierV2(signer) },
      },
    },
  };
}

export function dsseV2(envelope: DsseEnvelope, signer: EntrySigner): object {
  const digest = createHash('sha256').update(envelope.payload).digest();
  return {
    apiVersion: '0.0.2',
    kind: 'dsse',
    spec: {
      dsseV002: {
        payloadHash: { algorithm: 'SHA2_256', digest: base64(digest) },
        signatures: envelope.signatures.map(({ signature }) => ({
          content: base64(signature),
          verifier: verifierV2(signer),
        })),
      },
    },
  };
}
