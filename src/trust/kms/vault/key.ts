import { createHash, createPublicKey } from 'node:crypto';
import { decodeBase64, type ProtoFields } from '../../../kit/proto-json.ts';
import { trustError } from '../../errors.ts';
import { type PublicKey, parsePublicKey, toPublicKey } from '../../keys/public-key.ts';
import type { SignatureScheme } from '../../keys/signature.ts';
import { readAnswer } from '../answer.ts';
import type { FindKmsKey, KmsAccess, KmsKey, KmsReference, OpenedKmsKey } from '../scheme.ts';
import { askVault, serviceAt } from './ask.ts';
import { readSettings, type VaultSettings } from './settings.ts';

/** A key of the transit engine, and how it is asked for. */
interface Place {
  readonly reference: KmsReference;
  readonly settings: VaultSettings;
  readonly access: KmsAccess;
}

/** What cosign takes for a name. */
const keyName = /^\w(?:[\w.-]*\w)?$/;
const usualKind = 'ecdsa-p256';
const maxSignature = 4096;

/** Keys of the transit engine of Vault and OpenBao, used as cosign uses them. */
export const findVaultKey: FindKmsKey = async (reference, access) => {
  if (!keyName.test(reference.name)) throw trustError('TRUST_KMS_REFERENCE', { data: { reference: reference.text } });
  return makeKey({ reference, access, settings: await readSettings(access.environment) });
};

function makeKey(place: Place): KmsKey {
  const path = `keys/${place.reference.name}`;
  return {
    async create() {
      await ask(place, path, { type: usualKind });
    },
    async open(use) {
      const data = await ask(place, path);
      return readAnswer(serviceAt(place.settings), () => {
        const latest = data.require('latestVersion', data.integer('latestVersion'));
        const version = (use === 'verify' ? place.settings.version : undefined) ?? latest;
        return openVersion(place, version, publicKeyOf(data, version));
      });
    },
  };
}

function openVersion(place: Place, version: number, publicKey: PublicKey): OpenedKmsKey {
  return { publicKey, sign: (message, scheme) => sign(place, version, { message, scheme }) };
}

/** The transit engine has keys of Ed25519 as their 32 bytes, and others as PEM. */
function publicKeyOf(data: ProtoFields, version: number): PublicKey {
  const versions = data.require('keys', data.fields('keys'));
  const key = versions.require(String(version), versions.fields(String(version)));
  const text = key.require('publicKey', key.text('publicKey'));
  if (key.text('name') !== 'ed25519') return parsePublicKey(text);
  const x = decodeBase64(text)?.toString('base64url') ?? '';
  return toPublicKey(() => createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' }));
}

async function sign(
  place: Place,
  version: number,
  { message, scheme }: { readonly message: Uint8Array; readonly scheme: SignatureScheme },
): Promise<Buffer> {
  const hash = scheme.name === 'ed25519ph' ? 'sha512' : 'hash' in scheme ? scheme.hash : undefined;
  const digest = hash === undefined ? Buffer.from(message) : createHash(hash).update(message).digest();
  const suffix = hash === undefined ? '' : `/${hash.replace('sha', 'sha2-')}`;
  const data = await ask(place, `sign/${place.reference.name}${suffix}`, {
    input: digest.toString('base64'),
    prehashed: hash !== undefined,
    key_version: String(version),
    signature_algorithm: 'pkcs1v15',
  });
  return readAnswer(serviceAt(place.settings), () =>
    decodeSignature(data.require('signature', data.text('signature'))),
  );
}

/** `vault:vVERSION:BASE64` */
function decodeSignature(text: string): Buffer {
  const [, encoded = ''] = /^vault:v\d{1,9}:(.+)$/s.exec(text) ?? [];
  const signature = decodeBase64(encoded) ?? Buffer.alloc(0);
  // An empty one is refused as every other that does not fit: by the key.
  return signature.length > maxSignature ? Buffer.alloc(0) : signature;
}

async function ask(place: Place, path: string, body?: Readonly<Record<string, string | boolean>>) {
  const { settings, access, reference } = place;
  const data = await askVault(settings, access, { path, ...(body !== undefined && { body }) });
  if (data !== undefined) return data;
  const service = serviceAt(settings);
  throw trustError('TRUST_KMS_KEY_MISSING', { data: { service, reference: reference.text } });
}
