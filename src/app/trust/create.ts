import { readWhole } from '../../disk/index.ts';
import { loadTrustFiles, type SigningConfigParts, type TrustedRootParts } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import { readCachedTarget } from '../verify/cached-trust.ts';
import type { CreateBase } from './input.ts';

const maxFileSize = 16 * 2 ** 20;

/** @throws TRUST_*, DISK_* */
export async function trustedRootOf(parts: TrustedRootParts, base: CreateBase, context: AppContext): Promise<string> {
  const { createTrustedRoot, publicGoodJson } = await loadTrustFiles();
  const usual =
    base.keyCache && ((await readCachedTarget(base.keyCache, 'trustedRoot', context)) ?? (await publicGoodJson()));
  const read = async (path: string): Promise<string> => (await readWhole(path, maxFileSize)).toString('utf8');
  return createTrustedRoot({ ...parts, ...(usual !== undefined && { base: without(usual, base) }) }, read);
}

/** @throws TRUST_*, DISK_* */
export async function signingConfigOf(
  parts: SigningConfigParts,
  base: CreateBase,
  context: AppContext,
): Promise<string> {
  const { createSigningConfig, parseSigningConfig, specInvalid } = await loadTrustFiles();
  const { file, keyCache } = base;
  const usual =
    file === undefined
      ? keyCache && (await readCachedTarget(keyCache, 'signingConfig', context))
      : await readWhole(file, maxFileSize);
  if (usual === undefined && keyCache !== undefined) {
    throw specInvalid('the default services are not known here: run `initialize` first');
  }
  if (usual !== undefined) parseSigningConfig(usual);
  return createSigningConfig({ ...parts, ...(usual !== undefined && { base: without(usual, base) }) });
}

function without(json: Buffer, { without: names }: CreateBase): unknown {
  const document: Record<string, unknown> = JSON.parse(json.toString('utf8'));
  return Object.fromEntries(Object.entries(document).filter(([name]) => !names.includes(name)));
}
