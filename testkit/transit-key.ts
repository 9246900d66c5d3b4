import { constants, createHash, privateEncrypt, sign, verify } from 'node:crypto';
import { p256, p384, p521 } from '@noble/curves/nist.js';
import { makeKey, type TestKey } from './sigstore/keys.ts';

export type TransitKind = 'ecdsa-p256' | 'ecdsa-p384' | 'ecdsa-p521' | 'rsa-2048' | 'ed25519';

/** One version of a key of the transit engine. */
export interface TransitVersion {
  readonly kind: TransitKind;
  readonly pem: string;
  /** As the engine shows it. */
  readonly shown: string;
  /** Undefined where the engine refuses. */
  readonly sign: (request: TransitInput) => Buffer | undefined;
  readonly verify: (request: TransitInput, signature: Buffer) => boolean;
}

export interface TransitInput {
  readonly input: Buffer;
  readonly prehashed: boolean;
  readonly hash: string;
  readonly isPkcs1: boolean;
}

const curves = { 'ecdsa-p256': p256, 'ecdsa-p384': p384, 'ecdsa-p521': p521 } as const;
const digestInfo: Readonly<Record<string, string>> = {
  sha256: '3031300d060960864801650304020105000420',
  sha384: '3041300d060960864801650304020205000430',
  sha512: '3051300d060960864801650304020305000440',
};

export function makeVersion(kind: TransitKind): TransitVersion {
  const key = makeKey(kind === 'rsa-2048' ? 'rsa' : kind);
  const shown = kind === 'ed25519' ? key.spki.subarray(-32).toString('base64') : key.pem;
  return { kind, pem: key.pem, shown, ...operationsOf(kind, key) };
}

function operationsOf(kind: TransitKind, key: TestKey): Pick<TransitVersion, 'sign' | 'verify'> {
  if (kind === 'rsa-2048') return rsa(key);
  return kind === 'ed25519' ? ed25519(key) : ecdsa(curves[kind], key);
}

function digestOf({ input, prehashed, hash }: TransitInput): Buffer {
  return prehashed ? input : createHash(hash).update(input).digest();
}

function ecdsa(curve: typeof p256, key: TestKey): Pick<TransitVersion, 'sign' | 'verify'> {
  const { d = '', x = '', y = '' } = key.privateKey.export({ format: 'jwk' });
  const options = { prehash: false, format: 'der', lowS: false } as const;
  const point = Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]);
  return {
    sign: (request) => Buffer.from(curve.sign(digestOf(request), Buffer.from(d, 'base64url'), options)),
    verify: (request, signature) => curve.verify(signature, digestOf(request), point, options),
  };
}

function rsa({ privateKey }: TestKey): Pick<TransitVersion, 'sign' | 'verify'> {
  const signRsa = (request: TransitInput): Buffer | undefined => {
    // The probabilistic padding, which is the engine's default, is nothing that Sigstore's clients use.
    if (!request.isPkcs1) return undefined;
    const info = Buffer.concat([Buffer.from(digestInfo[request.hash] ?? '', 'hex'), digestOf(request)]);
    return privateEncrypt({ key: privateKey, padding: constants.RSA_PKCS1_PADDING }, info);
  };
  return {
    sign: signRsa,
    verify: (request, signature) => signRsa({ ...request, isPkcs1: true })?.equals(signature) === true,
  };
}

/** Ed25519ph is a part of the enterprise's engine. */
function ed25519({ privateKey, publicKey }: TestKey): Pick<TransitVersion, 'sign' | 'verify'> {
  return {
    sign: ({ input, prehashed }) => (prehashed ? undefined : sign(null, input, privateKey)),
    verify: ({ input, prehashed }, signature) => !prehashed && verify(null, input, publicKey, signature),
  };
}
