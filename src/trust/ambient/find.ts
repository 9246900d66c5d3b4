import { describeError } from '../../core/index.ts';
import { trustError } from '../errors.ts';
import type { AmbientProvider, Surroundings } from './provider.ts';
import { ambientProviders } from './registry.ts';

/** Whom tokens are for. */
const audience = 'sigstore';

/**
 * The token of the first place that gives one, or of the one that is named; undefined where there is no such place. One that
 * fails is passed over while another gives a token.
 * @throws TRUST_PROVIDER_UNKNOWN, TRUST_PROVIDER_ABSENT, TRUST_SERVICE_*, DISK_*, NET_*
 */
export async function findAmbientToken(
  surroundings: Surroundings,
  name?: string,
  providers: readonly AmbientProvider[] = ambientProviders.all,
): Promise<string | undefined> {
  if (name !== undefined) return (await named(name, providers).load())(surroundings, audience);
  const failures: unknown[] = [];
  for (const provider of providers) {
    if (!(await provider.isHere(surroundings))) continue;
    try {
      return await (await provider.load())(surroundings, audience);
    } catch (error) {
      surroundings.signal?.throwIfAborted();
      surroundings.log.warn('No token could be had here', { place: provider.id, reason: describeError(error) });
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures.at(-1);
  return undefined;
}

function named(name: string, providers: readonly AmbientProvider[]): AmbientProvider {
  const provider = providers.find(({ id }) => id === name);
  if (provider !== undefined) return provider;
  throw trustError('TRUST_PROVIDER_UNKNOWN', { data: { name, known: providers.map(({ id }) => id).join(', ') } });
}
