import { trustError } from '../errors.ts';
import type { PublicKey } from '../keys/public-key.ts';
import { hashOfKind, verifySignature } from '../keys/signature.ts';
import { type SigningKey, type SigningVariant, schemeToSign } from '../keys/signing-key.ts';
import { kmsSchemes } from './registry.ts';
import type { KmsAccess, KmsKey } from './scheme.ts';

/**
 * A key that signs where it is; what it signed is verified before it counts.
 * @throws TRUST_KMS_*, TRUST_KEY_*, PROCESS_PLUGIN_*, NET_*
 */
export async function openKmsKey(reference: string, access: KmsAccess, variant?: SigningVariant): Promise<SigningKey> {
  const { publicKey, sign, hasFixedHash } = await (await findKey(reference, access)).open('sign');
  const { kind } = publicKey;
  const scheme = schemeToSign(kind, variant);
  if (hasFixedHash && 'hash' in scheme && scheme.hash !== hashOfKind(kind)) {
    throw trustError('TRUST_KMS_HASH', { data: { reference: shown(reference), fixed: hashOfKind(kind), kind } });
  }
  return {
    publicKey,
    scheme,
    async sign(message, other = scheme) {
      const signature = await sign(message, other);
      if (await verifySignature(publicKey, other, { message }, signature)) return signature;
      throw trustError('TRUST_KMS_SIGNATURE', { data: { reference: shown(reference) } });
    },
  };
}

/** The public half, to verify with. @throws TRUST_KMS_*, TRUST_KEY_*, PROCESS_PLUGIN_*, NET_* */
export async function readKmsKey(reference: string, access: KmsAccess): Promise<PublicKey> {
  return (await (await findKey(reference, access)).open('verify')).publicKey;
}

/** Makes a key, and gives its public half. @throws TRUST_KMS_*, TRUST_KEY_*, PROCESS_PLUGIN_*, NET_* */
export async function createKmsKey(reference: string, access: KmsAccess): Promise<PublicKey> {
  const key = await findKey(reference, access);
  await key.create();
  return (await key.open('sign')).publicKey;
}

async function findKey(text: string, access: KmsAccess): Promise<KmsKey> {
  const [, token, other, name = ''] = /^(?:(pkcs11):|([a-z0-9][\w.+-]{0,63}):\/\/)(.{1,2048})$/is.exec(text) ?? [];
  const scheme = token ?? other;
  if (scheme === undefined) throw trustError('TRUST_KMS_REFERENCE', { data: { reference: shown(text) } });
  const find = await (kmsSchemes.get(scheme)?.load() ?? loadPlugins());
  return find({ scheme, name, text }, access);
}

/** For messages: without a PIN. */
function shown(reference: string): string {
  return reference.replace(/(pin-value=)[^&;]*/g, '$1…').slice(0, 200);
}

/** Programs know every other scheme. */
async function loadPlugins() {
  return (await import('./plugin/plugin.ts')).findPluginKey;
}
