import type { Initialized, SigningConfigParts, TrustedRootParts } from '../trust/index.ts';
import type { AppContext } from './context.ts';
import type { CreateBase, InitializeInput } from './trust/input.ts';

/** Makes the cache of trusted keys that verification and cosign use. @throws TRUST_*, NET_*, DISK_* */
export async function initializeTrust(input: InitializeInput, context: AppContext): Promise<Initialized> {
  const { initializeKeys } = await import('./trust/initialize.ts');
  return initializeKeys(input, context);
}

/** A trusted_root.json of what is given, as text. @throws TRUST_*, DISK_* */
export async function createTrustedRoot(
  parts: TrustedRootParts,
  base: CreateBase,
  context: AppContext,
): Promise<string> {
  const { trustedRootOf } = await import('./trust/create.ts');
  return trustedRootOf(parts, base, context);
}

/** A signing configuration of what is given, as text. @throws TRUST_*, DISK_* */
export async function createSigningConfig(
  parts: SigningConfigParts,
  base: CreateBase,
  context: AppContext,
): Promise<string> {
  const { signingConfigOf } = await import('./trust/create.ts');
  return signingConfigOf(parts, base, context);
}
