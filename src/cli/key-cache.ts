import { homedir } from 'node:os';
import { join } from 'node:path';
import type { ProofInput } from '../app/index.ts';
import type { Host } from './host.ts';

/** Where cosign keeps trusted keys: TUF_ROOT, or below the home directory. */
export function keyDirectory(environment: Host['environment']): string {
  return environment['TUF_ROOT'] || join(environment['HOME'] || homedir(), '.sigstore', 'root');
}

/** The cache of trusted keys; an expired one is fetched anew only by commands that use the network anyway. */
export function toKeyCache(
  environment: Host['environment'],
  { refresh }: { readonly refresh: boolean },
): NonNullable<ProofInput['keyCache']> {
  const mirror = environment['TUF_MIRROR'];
  return { directory: keyDirectory(environment), refresh, ...(mirror && { mirror }) };
}
