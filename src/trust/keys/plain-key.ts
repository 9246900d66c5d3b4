import { createPrivateKey, createPublicKey, type KeyObject } from 'node:crypto';
import { describeError } from '../../core/index.ts';
import { trustError } from '../errors.ts';
import { toPublicKey } from './public-key.ts';

const maxSize = 64 * 1024;
/** What cosign imports; keys that are encrypted in another way than its own are none of them. */
const labels: readonly (string | undefined)[] = ['RSA PRIVATE KEY', 'EC PRIVATE KEY', 'PRIVATE KEY'];

/**
 * Reads a private key that is not encrypted: the first block of a PEM file, in the form of PKCS #1, SEC 1 or PKCS #8.
 * @throws TRUST_PRIVATE_KEY_INVALID, TRUST_KEY_UNSUPPORTED
 */
export function parsePlainPrivateKey(pem: string): KeyObject {
  if (pem.length > maxSize) throw invalid(`it has more than ${maxSize} characters`);
  const [block, label] = /-----BEGIN ([A-Z ]+)-----[^-]*-----END [A-Z ]+-----/.exec(pem) ?? [];
  if (block === undefined) throw invalid('there is no PEM block in it');
  if (!labels.includes(label)) throw invalid(`its first block is a "${label}", which is not imported`);
  const key = openPlain(block);
  // Refuses sizes and curves that no verifier accepts.
  toPublicKey(() => createPublicKey(key));
  return key;
}

function openPlain(block: string): KeyObject {
  try {
    return createPrivateKey(`${block}\n`);
  } catch (error) {
    throw invalid(describeError(error));
  }
}

function invalid(reason: string): Error {
  return trustError('TRUST_PRIVATE_KEY_INVALID', { data: { reason } });
}
