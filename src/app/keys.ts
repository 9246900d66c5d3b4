import type { ListedKey, ListedToken } from '../trust/index.ts';
import type { AppContext } from './context.ts';
import type {
  ImportKeyPairInput,
  KeyPairInput,
  KeyPairOutcome,
  KmsKeyInput,
  PrivateKeyInput,
  StoredPairInput,
  TokenInput,
} from './keys/input.ts';

/** Makes a key pair and writes it as cosign does. @throws DISK_UNWRITABLE */
export async function generateKeyPair(input: KeyPairInput): Promise<KeyPairOutcome> {
  return (await import('./keys/pair.ts')).makeKeyPair(input);
}

/** Writes a private key of others in cosign's form, and its public half. @throws DISK_*, NET_*, TRUST_* */
export async function importKeyPair(input: ImportKeyPairInput, context: AppContext): Promise<KeyPairOutcome> {
  return (await import('./keys/pair.ts')).takeKeyPair(input, context);
}

/** Makes a key in a key management system and writes its public half; its path. @throws DISK_UNWRITABLE, TRUST_KMS_*, PROCESS_PLUGIN_*, NET_* */
export async function generateKmsKey(input: KmsKeyInput, context: AppContext): Promise<string> {
  return (await import('./keys/pair.ts')).makeKmsKey(input, context);
}

/** Makes a key pair and keeps it in a place for others; what to tell people. @throws DISK_UNWRITABLE, TRUST_STORE_*, NET_* */
export async function generateStoredPair(input: StoredPairInput, context: AppContext): Promise<readonly string[]> {
  return (await import('./keys/pair.ts')).storeKeyPair(input, context);
}

/** The public half of a private key as PEM. @throws DISK_*, NET_*, TRUST_* */
export async function readPublicKey(input: PrivateKeyInput, context: AppContext): Promise<string> {
  return (await import('./keys/pair.ts')).readPublicHalf(input, context);
}

/** Tokens that a PKCS #11 module knows. @throws TRUST_PKCS11_*, TRUST_PACKAGE_MISSING */
export async function listTokens(input: TokenInput, context: AppContext): Promise<readonly ListedToken[]> {
  return (await import('./keys/tokens.ts')).tokensOf(input, context);
}

/** The private keys of the token in a slot. @throws TRUST_PKCS11_*, TRUST_PACKAGE_MISSING */
export async function listTokenKeys(
  input: TokenInput & { readonly slot: number },
  context: AppContext,
): Promise<readonly ListedKey[]> {
  return (await import('./keys/tokens.ts')).tokenKeysOf(input, context);
}
