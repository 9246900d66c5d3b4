import { createPrivateKey, type KeyObject, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { describeError, isAppError } from '../../core/index.ts';
import { ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { trustError } from '../errors.ts';

const labels = ['ENCRYPTED SIGSTORE PRIVATE KEY', 'ENCRYPTED COSIGN PRIVATE KEY'] as const;
const maxSize = 64 * 1024;
/** What cosign accepts; r is 8 and p is 1 always. */
const costs: readonly (number | undefined)[] = [32_768, 65_536, 131_072];
const usualCost = 65_536;
const keyLength = 32;
const nonceLength = 24;
const deriveKey = promisify<Uint8Array, Uint8Array, number, object, Buffer>(scrypt);

/** True for the text of an encrypted private key as cosign writes it. */
export function isEncryptedPrivateKey(pem: string): boolean {
  return labels.some((label) => pem.includes(`-----BEGIN ${label}-----`));
}

/**
 * Opens a private key that cosign encrypted (scrypt and NaCl secretbox around PKCS #8).
 * @throws TRUST_PRIVATE_KEY_INVALID, TRUST_PASSWORD_WRONG
 */
export async function decryptPrivateKey(
  pem: string,
  password: Uint8Array | (() => Promise<Uint8Array>),
): Promise<KeyObject> {
  const sealed = readSealed(pem);
  // Nobody is asked for the password of something that is no key.
  const opened = await openSealed(sealed, typeof password === 'function' ? await password() : password);
  try {
    return createPrivateKey({ key: Buffer.from(opened), format: 'der', type: 'pkcs8' });
  } catch (error) {
    throw invalid(describeError(error));
  } finally {
    opened.fill(0);
  }
}

/** The text of an encrypted private key, as cosign writes it. */
export async function encryptPrivateKey(key: KeyObject, password: Uint8Array): Promise<string> {
  const salt = randomBytes(32);
  const nonce = randomBytes(nonceLength);
  const { xsalsa20poly1305 } = await import('@noble/ciphers/salsa.js');
  const secret = await derive(password, salt, usualCost);
  const ciphertext = xsalsa20poly1305(secret, nonce).encrypt(key.export({ type: 'pkcs8', format: 'der' }));
  const body = {
    kdf: { name: 'scrypt', params: { N: usualCost, r: 8, p: 1 }, salt: salt.toString('base64') },
    cipher: { name: 'nacl/secretbox', nonce: nonce.toString('base64') },
    ciphertext: Buffer.from(ciphertext).toString('base64'),
  };
  const lines =
    Buffer.from(JSON.stringify(body))
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${labels[0]}-----`, ...lines, `-----END ${labels[0]}-----`, ''].join('\n');
}

interface Sealed {
  readonly cost: number;
  readonly salt: Buffer;
  readonly nonce: Buffer;
  readonly ciphertext: Buffer;
}

function readSealed(pem: string): Sealed {
  if (pem.length > maxSize) throw invalid(`it has more than ${maxSize} characters`);
  const match = /-----BEGIN ENCRYPTED (?:SIGSTORE|COSIGN) PRIVATE KEY-----([\sA-Za-z0-9+/=]*)-----END/.exec(pem);
  if (match === null) throw invalid('it is not encrypted in the way of cosign');
  try {
    return toSealed(new ProtoFields(parseBoundedJson(Buffer.from(match[1] ?? '', 'base64'), maxSize)));
  } catch (error) {
    if (isAppError(error, 'KIT_JSON_INVALID')) throw invalid(error.message);
    throw error;
  }
}

function toSealed(fields: ProtoFields): Sealed {
  const kdf = fields.fields('kdf');
  const params = kdf?.fields('params');
  const cipher = fields.fields('cipher');
  const cost = params?.integer('N');
  const nonce = cipher?.bytes('nonce');
  const [salt, ciphertext] = [kdf?.bytes('salt'), fields.bytes('ciphertext')];
  if (kdf?.text('name') !== 'scrypt' || params?.integer('r') !== 8 || params.integer('p') !== 1) {
    throw invalid('its key is derived in a way that is not accepted');
  }
  if (cost === undefined || !costs.includes(cost)) throw invalid('its key is derived at a cost that is not accepted');
  if (cipher?.text('name') !== 'nacl/secretbox') throw invalid('its cipher is not nacl/secretbox');
  if (salt === undefined || ciphertext === undefined || nonce?.length !== nonceLength) throw invalid('it is not whole');
  return { cost, salt, nonce, ciphertext };
}

async function openSealed({ cost, salt, nonce, ciphertext }: Sealed, password: Uint8Array): Promise<Uint8Array> {
  const { xsalsa20poly1305 } = await import('@noble/ciphers/salsa.js');
  const secret = await derive(password, salt, cost);
  try {
    return xsalsa20poly1305(secret, nonce).decrypt(ciphertext);
  } catch {
    throw trustError('TRUST_PASSWORD_WRONG');
  }
}

function derive(password: Uint8Array, salt: Uint8Array, cost: number): Promise<Buffer> {
  // scrypt needs 128 · N · r bytes, and Node allows 32 MiB unless told otherwise.
  return deriveKey(password, salt, keyLength, { N: cost, r: 8, p: 1, maxmem: 256 * cost * 8 });
}

function invalid(reason: string): Error {
  return trustError('TRUST_PRIVATE_KEY_INVALID', { data: { reason } });
}
