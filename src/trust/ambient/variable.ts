import { trustError } from '../errors.ts';
import type { Surroundings } from './provider.ts';

/** A variable that a place sets for what runs in it. @throws TRUST_PROVIDER_ABSENT */
export function requireVariable(provider: string, name: string, { environment }: Surroundings): string {
  const value = environment[name];
  if (value) return value;
  throw trustError('TRUST_PROVIDER_ABSENT', { data: { name: provider, reason: `${name} is not set` } });
}
