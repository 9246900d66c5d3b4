import { readWhole } from '../../disk/index.ts';
import { readWholeBody } from '../../net/index.ts';
import {
  type KmsAccess,
  loadKms,
  loadPrivateKeys,
  loadStores,
  type PublicKey,
  parsePublicKey,
  type SigningKey,
  type SigningVariant,
  type StoredKey,
} from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type {
  KeySource,
  KeyTextSource,
  KmsKeySource,
  KmsSurroundings,
  PrivateKeyInput,
  StoredKeySource,
} from './input.ts';

const maxKeySize = 64 * 1024;

/** The text of a key. @throws DISK_*, NET_* */
export async function readKeyText(source: KeyTextSource, context: AppContext): Promise<string> {
  switch (source.kind) {
    case 'file':
      return (await readWhole(source.path, maxKeySize)).toString('latin1');
    case 'text':
      return source.text;
    case 'address':
      return download(source.url, context);
  }
}

async function download(address: string, context: AppContext): Promise<string> {
  const url = new URL(address);
  const fetch = await context.fetch();
  const { signal } = context;
  const response = await fetch({ method: 'GET', url, ...(signal !== undefined && { signal }) });
  return (await readWholeBody(response, url.host, maxKeySize)).toString('latin1');
}

/** Opens a private key of cosign's, or one that stays where it is. @throws DISK_*, NET_*, TRUST_*, PROCESS_PLUGIN_* */
export async function openSigningKey(
  { source, password }: PrivateKeyInput,
  context: AppContext,
  variant?: SigningVariant,
): Promise<SigningKey> {
  if (source.kind === 'kms' && !(await isStored(source))) {
    const { openKmsKey } = await loadKms();
    return openKmsKey(source.reference, toKmsAccess(source, context), variant);
  }
  const { decryptPrivateKey, toSigningKey } = await loadPrivateKeys();
  if (source.kind === 'kms') {
    const stored = await (await findStore(source, context)).readPrivate();
    return toSigningKey(await decryptPrivateKey(stored.privateKey, async () => stored.password), variant);
  }
  const text = await readKeyText(source, context);
  return toSigningKey(await decryptPrivateKey(text, password), variant);
}

async function isStored({ reference }: KmsKeySource): Promise<boolean> {
  return (await loadStores()).isStore(reference);
}

/** A public key to verify with. @throws DISK_*, NET_*, TRUST_*, PROCESS_PLUGIN_* */
export async function openPublicKey(source: KeySource, context: AppContext): Promise<PublicKey> {
  if (source.kind !== 'kms') return parsePublicKey(await readKeyText(source, context));
  if (await isStored(source)) return parsePublicKey(await (await findStore(source, context)).readPublic());
  const { readKmsKey } = await loadKms();
  return readKmsKey(source.reference, toKmsAccess(source, context));
}

/** How the system of a key is reached. */
export function toKmsAccess({ environment, askSecret }: KmsSurroundings, { fetch, signal }: AppContext): KmsAccess {
  return {
    fetch,
    environment,
    ...(askSecret !== undefined && { askSecret }),
    ...(signal !== undefined && { signal }),
  };
}

/** The place that a key pair is kept in. @throws TRUST_STORE_REFERENCE, TRUST_STORE_SETTING */
export async function findStore(
  { reference, environment }: StoredKeySource,
  { fetch, cluster, signal }: AppContext,
): Promise<StoredKey> {
  const { findStoredKey } = await loadStores();
  return findStoredKey(reference, {
    fetch,
    environment,
    ...(cluster !== undefined && { cluster }),
    ...(signal !== undefined && { signal }),
  });
}
