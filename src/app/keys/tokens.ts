import { type ListedKey, type ListedToken, loadTokens } from '../../trust/index.ts';
import type { AppContext } from '../context.ts';
import type { TokenInput } from './input.ts';
import { toKmsAccess } from './read-key.ts';

/** Tokens that a PKCS #11 module knows. @throws TRUST_PKCS11_*, TRUST_PACKAGE_MISSING */
export async function tokensOf(input: TokenInput, context: AppContext): Promise<readonly ListedToken[]> {
  const { listTokens } = await loadTokens();
  return listTokens(input.modulePath, toKmsAccess(input, context));
}

/** The private keys of the token in a slot. @throws TRUST_PKCS11_*, TRUST_PACKAGE_MISSING */
export async function tokenKeysOf(
  input: TokenInput & { readonly slot: number },
  context: AppContext,
): Promise<readonly ListedKey[]> {
  const { listTokenKeys } = await loadTokens();
  const { modulePath, slot, pin } = input;
  return listTokenKeys({ modulePath, slot, pin }, toKmsAccess(input, context));
}
