import { once } from '../../kit/memoize.ts';
import type { ProtoFields } from '../../kit/proto-json.ts';
import { trustError } from '../errors.ts';
import { type KeyKind, type PublicKey, parsePkcs1PublicKey, parsePublicKey } from '../keys/public-key.ts';
import { type SignatureScheme, usualScheme } from '../keys/signature.ts';

interface KeyDetails {
  readonly number: number;
  readonly kind: KeyKind;
  readonly scheme?: SignatureScheme;
  readonly pkcs1?: true;
}

/** Kinds of keys that logs have (sigstore_common.proto, PublicKeyDetails). */
const keyDetails: Readonly<Record<string, KeyDetails>> = {
  PKCS1_RSA_PKCS1V5: { number: 1, kind: 'rsa', pkcs1: true },
  PKIX_ECDSA_P256_SHA_256: { number: 5, kind: 'ecdsa-p256' },
  PKIX_ED25519: { number: 7, kind: 'ed25519' },
  PKIX_RSA_PKCS1V15_2048_SHA256: { number: 9, kind: 'rsa' },
  PKIX_RSA_PKCS1V15_3072_SHA256: { number: 10, kind: 'rsa' },
  PKIX_RSA_PKCS1V15_4096_SHA256: { number: 11, kind: 'rsa' },
  PKIX_ECDSA_P384_SHA_384: { number: 12, kind: 'ecdsa-p384' },
  PKIX_ECDSA_P521_SHA_512: { number: 13, kind: 'ecdsa-p521' },
  PKIX_RSA_PSS_2048_SHA256: { number: 16, kind: 'rsa', scheme: { name: 'rsa-pss', hash: 'sha256' } },
  PKIX_RSA_PSS_3072_SHA256: { number: 17, kind: 'rsa', scheme: { name: 'rsa-pss', hash: 'sha256' } },
  PKIX_RSA_PSS_4096_SHA256: { number: 18, kind: 'rsa', scheme: { name: 'rsa-pss', hash: 'sha256' } },
};

/** The key of a log and how it signs. */
export interface LogKey {
  readonly key: PublicKey;
  readonly scheme: SignatureScheme;
}

/** Reads a `PublicKey` of a log (sigstore_common.proto); the key itself when asked for. @throws KIT_JSON_INVALID */
export function readLogKey(fields: ProtoFields): () => LogKey {
  const name = fields.raw('keyDetails');
  const bytes = fields.require('rawBytes', fields.bytes('rawBytes'));
  return once(() => {
    const [, details] = Object.entries(keyDetails).find(([text, { number }]) => name === text || name === number) ?? [];
    // A log of another kind is one that is not known, and no reason to distrust the others.
    if (details === undefined) throw trustError('TRUST_KEY_UNSUPPORTED', { data: { kind: String(name) } });
    const { kind, pkcs1, scheme = usualScheme(kind) } = details;
    const key = pkcs1 ? parsePkcs1PublicKey(bytes) : parsePublicKey(bytes);
    if (key.kind === kind) return { key, scheme };
    throw trustError('TRUST_KEY_INVALID', { data: { reason: `it is of the kind ${key.kind} and not ${kind}` } });
  });
}
