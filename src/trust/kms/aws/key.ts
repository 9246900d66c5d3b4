import { createHash, createPublicKey } from 'node:crypto';
import { isAppError } from '../../../core/index.ts';
import { trustError } from '../../errors.ts';
import { type PublicKey, toPublicKey } from '../../keys/public-key.ts';
import type { SignatureScheme } from '../../keys/signature.ts';
import type { FindKmsKey, KmsReference } from '../scheme.ts';
import { type AwsKeyName, parseAwsReference } from './reference.ts';
import { type Answer, type AwsKms, openAwsKms } from './sdk.ts';

/** A key, and the service that keeps it. */
interface Place {
  readonly reference: KmsReference;
  readonly key: AwsKeyName;
  readonly kms: AwsKms;
}

const service = 'AWS KMS';
const usualKind = 'ECC_NIST_P256';
const shownLength = 200;

/** Keys of AWS KMS, used as cosign uses them. */
export const findAwsKey: FindKmsKey = async (reference, access) => {
  const key = parseAwsReference(reference);
  const place: Place = { reference, key, kms: openAwsKms(key, access) };
  return {
    create: () => create(place),
    async open() {
      const publicKey = await readPublicKey(place);
      return { publicKey, hasFixedHash: true, sign: (message, scheme) => sign(place, message, scheme) };
    },
  };
};

/** A key that is there already under the alias is left as it is. */
async function create(place: Place): Promise<void> {
  const { key, kms, reference } = place;
  const { alias } = key;
  if (alias === undefined) throw trustError('TRUST_KMS_ALIAS', { data: { reference: reference.text } });
  try {
    await readPublicKey(place);
  } catch (error) {
    if (!isAppError(error, 'TRUST_KMS_KEY_MISSING')) throw error;
    const { KeyMetadata } = await ask(place, () => kms.createKey(usualKind));
    await ask(place, () => kms.createAlias(alias, KeyMetadata?.KeyId ?? ''));
  }
}

async function readPublicKey(place: Place): Promise<PublicKey> {
  const { PublicKey: spki } = await ask(place, () => place.kms.getPublicKey(place.key.keyId));
  const der = Buffer.from(spki ?? []);
  return toPublicKey(() => createPublicKey({ key: der, format: 'der', type: 'spki' }));
}

async function sign(place: Place, message: Uint8Array, scheme: SignatureScheme): Promise<Buffer> {
  if (!('hash' in scheme)) throw trustError('TRUST_KEY_UNSUPPORTED', { data: { kind: `Ed25519 of ${service}` } });
  const { Signature } = await ask(place, () =>
    place.kms.sign({
      KeyId: place.key.keyId,
      Message: createHash(scheme.hash).update(message).digest(),
      MessageType: 'DIGEST',
      SigningAlgorithm: `${scheme.name === 'ecdsa' ? 'ECDSA' : 'RSASSA_PKCS1_V1_5'}_${scheme.hash.replace('sha', 'SHA_')}`,
    }),
  );
  return Buffer.from(Signature ?? []);
}

/** @throws TRUST_KMS_KEY_MISSING, TRUST_KMS_BUSY, TRUST_KMS_REFUSED, NET_* */
async function ask({ reference }: Place, question: () => Promise<Answer>): Promise<Answer> {
  try {
    return await question();
  } catch (cause) {
    if (isAppError(cause)) throw cause;
    const { name, message, status } = toFailure(cause);
    if (name === 'NotFoundException') {
      throw trustError('TRUST_KMS_KEY_MISSING', { data: { service, reference: reference.text }, cause });
    }
    const isPassing = status === 429 || status >= 500 || name === 'ThrottlingException';
    const detail = `${name}: ${message}`.slice(0, shownLength);
    throw trustError(isPassing ? 'TRUST_KMS_BUSY' : 'TRUST_KMS_REFUSED', { data: { service, detail }, cause });
  }
}

/** Errors of the SDK are named as the service names them. */
function toFailure(cause: unknown): { readonly name: string; readonly message: string; readonly status: number } {
  if (!(cause instanceof Error)) return { name: 'Error', message: String(cause), status: 0 };
  const { $metadata } = cause as Error & { readonly $metadata?: { readonly httpStatusCode?: number } };
  return { name: cause.name, message: cause.message, status: $metadata?.httpStatusCode ?? 0 };
}
