import type { Initialized } from '../trust/index.ts';
import type { AppContext } from './context.ts';
import type { InitializeInput } from './trust/input.ts';

/** Makes the cache of trusted keys that verification and cosign use. @throws TRUST_*, NET_*, DISK_* */
export async function initializeTrust(input: InitializeInput, context: AppContext): Promise<Initialized> {
  const { initializeKeys } = await import('./trust/initialize.ts');
  return initializeKeys(input, context);
}
