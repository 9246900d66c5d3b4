import { readWhole } from '../../disk/index.ts';
import { readWholeBody } from '../../net/index.ts';
import { loadPrivateKeys, type SigningKey } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { KeySource, PrivateKeyInput } from './input.ts';

const maxKeySize = 64 * 1024;

/** The text of a key. @throws DISK_*, NET_* */
export async function readKeyText(source: KeySource, context: AppContext): Promise<string> {
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

/** Opens a private key of cosign's. @throws DISK_*, NET_*, TRUST_PRIVATE_KEY_INVALID, TRUST_PASSWORD_WRONG, TRUST_KEY_* */
export async function openSigningKey(
  { source, password }: PrivateKeyInput,
  context: AppContext,
  variant?: 'ed25519' | 'ed25519ph',
): Promise<SigningKey> {
  const { decryptPrivateKey, toSigningKey } = await loadPrivateKeys();
  const text = await readKeyText(source, context);
  return toSigningKey(await decryptPrivateKey(text, password), variant);
}
