import { createHash, timingSafeEqual } from 'node:crypto';
import { trustError } from '../errors.ts';

/** Holds bytes to a checksum, `HEX` of SHA-256 or `sha512:HEX`. @throws TRUST_TUF_ROOT */
export function assertChecksum(bytes: Uint8Array, checksum: string): void {
  const [, algorithm = 'sha256', hex = ''] = /^(?:(sha256|sha512):)?([0-9a-f]+)$/i.exec(checksum) ?? [];
  const found = createHash(algorithm).update(bytes).digest();
  const wanted = Buffer.from(hex, 'hex');
  if (wanted.length === found.length && timingSafeEqual(found, wanted)) return;
  throw trustError('TRUST_TUF_ROOT', { data: { reason: `its checksum is ${algorithm}:${found.toString('hex')}` } });
}
