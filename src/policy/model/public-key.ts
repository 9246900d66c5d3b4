import { describeError, isAppError } from '../../core/index.ts';
import { parsePublicKey } from '../../trust/index.ts';
import type { Fields } from './fields.ts';

/** The PEM text of a public key or certificate that a field has. @throws POLICY_KEY_PLACEHOLDER, POLICY_KEY_INVALID */
export function readPublicKey(fields: Fields, name: string, pem: string): string {
  try {
    parsePublicKey(pem);
    return pem;
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw fields.keyError(name, pem, describeError(error));
  }
}

/** What is said of a key that would have to be fetched. */
export function absentKey(what: string): string {
  return `the key ${what} cannot be fetched here; put its PEM text into the policy`;
}
