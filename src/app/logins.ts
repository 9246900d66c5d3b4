import type { AppContext } from './context.ts';
import type { FoundLogin, LoginInput, LoginPlaceInput, StoredLogin, TokenInput, TokenResult } from './logins/input.ts';

/** Stores a login for a registry as docker does, with its helper or in its file. @throws CORE_REFERENCE_INVALID, OCI_CREDENTIALS_INVALID, PROCESS_HELPER_*, DISK_* */
export async function storeLogin(input: LoginInput, context: AppContext): Promise<StoredLogin> {
  const { store } = await import('./logins/stored.ts');
  return store(input, context);
}

/** Forgets the login of a registry; false when none was stored. @throws CORE_REFERENCE_INVALID, OCI_CREDENTIALS_INVALID, PROCESS_HELPER_*, DISK_* */
export async function forgetLogin(input: LoginPlaceInput, context: AppContext): Promise<StoredLogin> {
  const { forget } = await import('./logins/stored.ts');
  return forget(input, context);
}

/** The login that is stored for a registry; undefined when there is none. @throws CORE_REFERENCE_INVALID */
export async function findLogin(input: LoginPlaceInput, context: AppContext): Promise<FoundLogin | undefined> {
  const { find } = await import('./logins/stored.ts');
  return find(input, context);
}

/** A token of the service that a registry names. @throws CORE_REFERENCE_INVALID, OCI_*, NET_* */
export async function fetchRegistryToken(input: TokenInput, context: AppContext): Promise<TokenResult> {
  const { fetchToken } = await import('./logins/token.ts');
  return fetchToken(input, context);
}
