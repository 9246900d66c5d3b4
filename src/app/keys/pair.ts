import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { statPath, writeAtomic } from '../../disk/index.ts';
import { loadKms, loadPrivateKeys, parsePublicKey, publicKeyPem } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type {
  ImportKeyPairInput,
  KeyPairInput,
  KeyPairOutcome,
  KmsKeyInput,
  PrivateKeyInput,
  StoredPairInput,
} from './input.ts';
import { findStore, openPublicKey, openSigningKey, readKeyText, toKmsAccess } from './read-key.ts';

const modes = { private: 0o600, public: 0o644 };

/** Makes a key of ECDSA on P-256, as cosign does, and writes both halves. @throws DISK_UNWRITABLE */
export async function makeKeyPair(input: KeyPairInput): Promise<KeyPairOutcome> {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  return keepKeyPair(privateKey, input);
}

/** Writes a private key of others in cosign's form, and its public half. @throws DISK_*, NET_*, TRUST_PRIVATE_KEY_INVALID, TRUST_KEY_UNSUPPORTED */
export async function takeKeyPair(input: ImportKeyPairInput, context: AppContext): Promise<KeyPairOutcome> {
  const { parsePlainPrivateKey } = await loadPrivateKeys();
  return keepKeyPair(parsePlainPrivateKey(await readKeyText(input.source, context)), input);
}

/** Makes a key in a key management system and writes its public half; its path. @throws DISK_UNWRITABLE, TRUST_KMS_*, PROCESS_PLUGIN_*, NET_* */
export async function makeKmsKey({ source, prefix }: KmsKeyInput, context: AppContext): Promise<string> {
  const { createKmsKey } = await loadKms();
  const key = await createKmsKey(source.reference, toKmsAccess(source, context));
  return writePublic(prefix, publicKeyPem(key));
}

/** Makes a key of ECDSA on P-256 and keeps it in a place for others; what to tell people. @throws DISK_UNWRITABLE, TRUST_STORE_*, NET_* */
export async function storeKeyPair(input: StoredPairInput, context: AppContext): Promise<readonly string[]> {
  const { source, password, prefix } = input;
  const store = await findStore(source, context);
  const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const { encryptPrivateKey } = await loadPrivateKeys();
  const publicKey = publicHalf(key);
  const told = await store.write({ privateKey: await encryptPrivateKey(key, password), publicKey, password });
  return [...told, `Public key also written to ${await writePublic(prefix, publicKey)}`];
}

async function keepKeyPair(key: KeyObject, { prefix, password, replace }: KeyPairInput): Promise<KeyPairOutcome> {
  const privatePath = `${prefix}.key`;
  if (!replace && (await statPath(privatePath)) !== undefined) return { outcome: 'exists', privatePath };
  const { encryptPrivateKey } = await loadPrivateKeys();
  await writeAtomic(privatePath, await encryptPrivateKey(key, password), { mode: modes.private });
  return { outcome: 'written', privatePath, publicPath: await writePublic(prefix, publicHalf(key)) };
}

function publicHalf(key: KeyObject): string {
  return createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString();
}

/** Whatever was there; its path. */
async function writePublic(prefix: string, pem: string): Promise<string> {
  const path = `${prefix}.pub`;
  await writeAtomic(path, pem, { mode: modes.public });
  return path;
}

/** The public half of a private key, or a public key as it is, as PEM. @throws DISK_*, NET_*, TRUST_*, PROCESS_PLUGIN_* */
export async function readPublicHalf(input: PrivateKeyInput, context: AppContext): Promise<string> {
  const { source } = input;
  if (source.kind === 'kms') return publicKeyPem(await openPublicKey(source, context));
  const text = await readKeyText(source, context);
  if (!text.includes('PRIVATE KEY-----')) return publicKeyPem(parsePublicKey(text));
  const { publicKey } = await openSigningKey({ ...input, source: { kind: 'text', text } }, context);
  return publicKeyPem(publicKey);
}
