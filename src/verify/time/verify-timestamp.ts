import { createHash } from 'node:crypto';
import { childrenOf, parseDer, toOid } from '../../codecs/asn1/index.ts';
import { isAppError } from '../../core/index.ts';
import {
  type Certificate,
  findChains,
  hashOf,
  isWithin,
  oids,
  type PublicKey,
  parseCertificate,
  schemeOf,
  type TrustedAuthority,
  verifyMessage,
} from '../../trust/index.ts';
import { verifyError } from '../errors.ts';
import { isTimestampSigner, parseTimestamp, type TimestampToken } from './token.ts';

export interface TrustedTimestamp {
  readonly at: Date;
  readonly authority: string;
}

/**
 * Checks that an authority that was trusted at the time stamped `signature`.
 * @throws VERIFY_TIMESTAMP_INVALID, VERIFY_TIMESTAMP_IMPRINT, VERIFY_TIMESTAMP_SIGNATURE, VERIFY_TIMESTAMP_UNTRUSTED
 */
export function verifyTimestamp(
  der: Uint8Array,
  signature: Uint8Array,
  authorities: readonly TrustedAuthority[],
): TrustedTimestamp {
  const token = parseTimestamp(der);
  const hash = hashOf(token.imprintAlgorithm);
  if (hash === undefined) throw invalid('its hash is not accepted');
  if (!createHash(hash).update(signature).digest().equals(token.imprint)) throw verifyError('VERIFY_TIMESTAMP_IMPRINT');
  const authority = authorities.find((candidate) => isStampOf(token, candidate));
  if (authority !== undefined) return { at: token.time, authority: authority.url };
  throw verifyError('VERIFY_TIMESTAMP_UNTRUSTED', { data: { time: token.time.toISOString() } });
}

/** Whether the authority made the token while it was trusted. @throws VERIFY_TIMESTAMP_SIGNATURE */
function isStampOf(token: TimestampToken, authority: TrustedAuthority): boolean {
  const { time, certificates } = token;
  if (!isWithin(authority.validity, time)) return false;
  const { leaf, intermediates, root } = authority.chain();
  const brought = certificates.flatMap(toCertificate);
  const signer = findSigner(token, leaf === undefined ? brought : [leaf]);
  if (signer === undefined || !hasTimestampingOnly(signer)) return false;
  const chains = findChains({
    leaf: signer,
    intermediates: [...intermediates, ...brought],
    roots: [root],
    time,
    usage: oids.timeStamping,
  });
  if (chains.length === 0) return false;
  if (!isSigned(token, signer)) throw verifyError('VERIFY_TIMESTAMP_SIGNATURE');
  return true;
}

/** A certificate that cannot be read is no signer; it may be there for others. */
function toCertificate(der: Uint8Array): Certificate[] {
  try {
    return [parseCertificate(der)];
  } catch (error) {
    if (isAppError(error)) return [];
    throw error;
  }
}

function findSigner({ signer }: TimestampToken, candidates: readonly Certificate[]): Certificate | undefined {
  return candidates.find(
    ({ issuer, serialNumber }) => serialNumber === signer.serialNumber && issuer.equals(signer.issuer),
  );
}

/** Its extended key usage is critical and for timestamps alone (RFC 3161 section 2.3). */
function hasTimestampingOnly({ extensions }: Certificate): boolean {
  const usage = extensions.get(oids.extendedKeyUsage);
  if (!usage?.critical) return false;
  const usages = childrenOf(parseDer(usage.value)).map(toOid);
  return usages.length === 1 && usages[0] === oids.timeStamping;
}

function isSigned({ signer, info }: TimestampToken, certificate: Certificate): boolean {
  const hash = hashOf(signer.digestAlgorithm);
  if (hash === undefined || !isTimestampSigner(signer)) return false;
  if (!createHash(hash).update(info).digest().equals(signer.messageDigest)) return false;
  const key = certificate.publicKey();
  // Some authorities name the kind of key only, and mean the hash of the digest.
  const scheme = schemeOf(signer.signatureAlgorithm) ?? schemeOfKey(key, hash);
  return scheme !== undefined && verifyMessage(key, scheme, signer.attributes, signer.signature);
}

function schemeOfKey({ kind }: PublicKey, hash: 'sha256' | 'sha384' | 'sha512') {
  if (kind === 'ed25519') return undefined;
  return { name: kind === 'rsa' ? 'rsa-pkcs1' : 'ecdsa', hash } as const;
}

function invalid(reason: string): Error {
  return verifyError('VERIFY_TIMESTAMP_INVALID', { data: { reason } });
}
