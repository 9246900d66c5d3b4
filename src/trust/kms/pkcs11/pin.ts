import { trustError } from '../../errors.ts';
import type { KmsAccess } from '../scheme.ts';
import { openCryptoki } from './library.ts';
import { findSlot, needsPin, withModule } from './token.ts';
import type { TokenMatch } from './uri.ts';

/** Asks the person for the PIN, where the token wants one. @throws TRUST_PKCS11_*, TRUST_PACKAGE_MISSING */
export async function askPin(modulePath: string, token: TokenMatch, access: KmsAccess): Promise<string | undefined> {
  const slot = withModule(openCryptoki(access), modulePath, (slots) => findSlot(slots, token));
  if (!needsPin(slot)) return undefined;
  const pin = await access.askSecret?.(`Enter PIN for PKCS11 token '${slot.info.label}': `);
  if (pin === undefined) throw trustError('TRUST_PKCS11_PIN', { data: { reason: 'none was given' } });
  return pin;
}
