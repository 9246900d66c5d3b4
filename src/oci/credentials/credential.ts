import type { Place } from '../client/place.ts';

/** What proves who asks. `identity` is a refresh token for the token service, `bearer` goes to the registry as it is. */
export type RegistryCredential =
  | { readonly kind: 'basic'; readonly username: string; readonly password: string }
  | { readonly kind: 'identity'; readonly token: string }
  | { readonly kind: 'bearer'; readonly token: string };

/** The credential for a place, or undefined to ask without one. */
export type CredentialSource = (place: Place, signal?: AbortSignal) => Promise<RegistryCredential | undefined>;

export const anonymous: CredentialSource = async () => undefined;

/** A credential for one registry only; everything else is left to `others`. */
export function credentialFor(
  registry: string,
  credential: RegistryCredential,
  others: CredentialSource,
): CredentialSource {
  const host = registry === 'docker.io' ? 'index.docker.io' : registry;
  return async (place, signal) => (place.host === host ? credential : others(place, signal));
}
