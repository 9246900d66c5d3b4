import { childrenOf, parseDer, toBitString, toBoolean, toInteger, toOid } from '../../codecs/asn1/index.ts';
import type { Certificate } from './certificate.ts';
import { oids } from './oids.ts';

/** What a certificate may be used for, as its extensions say. */
export interface CertificateUses {
  readonly isAuthority: boolean;
  /** How many authorities may stand between it and the signer. */
  readonly pathLength?: number;
  /** Whether its key usage, where it states one, allows signing certificates. */
  readonly signsCertificates: boolean;
  /** Object identifiers of extended key usages; undefined when it states none. */
  readonly extendedUsages?: readonly string[];
}

const booleanTag = 0x01;
const certificateSigningBit = 0x04;

/** @throws CODEC_ASN1_INVALID */
export function usesOf(certificate: Certificate): CertificateUses {
  const basic = certificate.extensions.get(oids.basicConstraints);
  const usage = certificate.extensions.get(oids.keyUsage);
  const extended = certificate.extensions.get(oids.extendedKeyUsage);
  const constraints = basic === undefined ? [] : childrenOf(parseDer(basic.value));
  const [authority] = constraints;
  const isAuthority = authority?.tag === booleanTag && toBoolean(authority);
  const length = constraints[isAuthority ? 1 : 0];
  return {
    isAuthority,
    ...(length !== undefined && { pathLength: Number(toInteger(length)) }),
    signsCertificates:
      usage === undefined || ((toBitString(parseDer(usage.value))[0] ?? 0) & certificateSigningBit) !== 0,
    ...(extended !== undefined && { extendedUsages: childrenOf(parseDer(extended.value)).map(toOid) }),
  };
}

const understood: ReadonlySet<string> = new Set([
  oids.subjectAltName,
  oids.basicConstraints,
  oids.keyUsage,
  oids.extendedKeyUsage,
  oids.certificatePolicies,
  oids.subjectKeyId,
  oids.authorityKeyId,
]);

/**
 * The first extension that must be understood and is not (RFC 5280 section 4.2). Constraints on names are never
 * understood: no known authority of Sigstore states them, and a certificate that does is refused.
 */
export function unknownCriticalExtension({ extensions }: Certificate): string | undefined {
  if (extensions.has(oids.nameConstraints)) return oids.nameConstraints;
  for (const [id, { critical }] of extensions) if (critical && !understood.has(id)) return id;
  return undefined;
}
