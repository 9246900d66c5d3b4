import type { CreateBundleInput, UpgradeBundleInput } from './bundle/input.ts';
import type { BundleFact } from './bundle/inspect.ts';
import type { AppContext } from './context.ts';

/** A Sigstore bundle of what cosign wrote in several files, as JSON. @throws ENVELOPE_*, TRUST_*, KIT_*, NET_*, DISK_* */
export async function createBundle(input: CreateBundleInput, context: AppContext): Promise<string> {
  const { created } = await import('./bundle/create.ts');
  return created(input, context);
}

/** A bundle in its newest version, as JSON. @throws ENVELOPE_*, TRUST_SERVICE_*, KIT_*, NET_*, DISK_* */
export async function upgradeBundle(input: UpgradeBundleInput, context: AppContext): Promise<string> {
  const { upgraded } = await import('./bundle/upgrade.ts');
  return upgraded(input, context);
}

/** What a bundle says; nothing of it is checked. @throws ENVELOPE_*, KIT_*, TRUST_CERTIFICATE_INVALID, DISK_* */
export async function inspectBundle(path: string): Promise<readonly BundleFact[]> {
  const { factsOf } = await import('./bundle/inspect.ts');
  return factsOf(path);
}
