import { isAppError } from '../../core/index.ts';
import type { VerificationMaterial } from '../../envelope/index.ts';
import {
  type Certificate,
  claimsOf,
  findChains,
  isWithin,
  oids,
  parseCertificate,
  subjectNames,
  type TrustedRoot,
} from '../../trust/index.ts';
import type { VerifiedTime } from '../answer.ts';
import { verifyError } from '../errors.ts';
import { assertInCertificateLogs } from './certificate-log.ts';
import type { Identity } from './identity.ts';

/** The certificate of the signer, and those that came with it. */
export interface SignerCertificates {
  readonly leaf: Certificate;
  readonly intermediates: readonly Certificate[];
}

/** @throws VERIFY_CERTIFICATE_INVALID */
export function readSigner(material: Exclude<VerificationMaterial, { kind: 'public-key' }>): SignerCertificates {
  const ders = material.kind === 'chain' ? material.certificates : [material.certificate];
  try {
    const [leaf, ...rest] = ders.map(parseCertificate);
    if (leaf === undefined) throw verifyError('VERIFY_CERTIFICATE_INVALID', { data: { reason: 'there is none' } });
    leaf.publicKey();
    // A root that the signer brings is no root.
    return { leaf, intermediates: rest.filter(({ issuer, subject }) => !issuer.equals(subject)) };
  } catch (error) {
    if (!isAppError(error) || error.code.startsWith('VERIFY_')) throw error;
    throw verifyError('VERIFY_CERTIFICATE_INVALID', { data: { reason: error.message } });
  }
}

/**
 * Checks that the certificate was valid and issued by a trusted authority at each of the times, and is in enough
 * certificate logs. @throws VERIFY_CERTIFICATE_CHAIN, VERIFY_CERTIFICATE_LOG
 */
export function assertTrusted(
  { leaf, intermediates }: SignerCertificates,
  trust: TrustedRoot,
  times: readonly VerifiedTime[],
  certificateLogThreshold: number,
): void {
  let chains: Certificate[][] = [];
  for (const { at } of times) {
    chains = trust.certificateAuthorities.flatMap((authority) => {
      if (!isWithin(authority.validity, at)) return [];
      const { intermediates: own, root } = authority.chain();
      return findChains({
        leaf,
        intermediates: [...own, ...intermediates],
        roots: [root],
        time: at,
        usage: oids.codeSigning,
      });
    });
    if (chains.length === 0) throw verifyError('VERIFY_CERTIFICATE_CHAIN', { data: { time: at.toISOString() } });
  }
  if (certificateLogThreshold > 0) assertInCertificateLogs(chains, trust.certificateLogs, certificateLogThreshold);
}

/** Whom the certificate names. @throws VERIFY_CERTIFICATE_INVALID */
export function identityOf(leaf: Certificate): Identity {
  try {
    const claims = claimsOf(leaf);
    return { names: subjectNames(leaf), issuer: claims.issuer ?? claims.issuerV1 ?? '', claims };
  } catch (error) {
    if (!isAppError(error)) throw error;
    throw verifyError('VERIFY_CERTIFICATE_INVALID', { data: { reason: error.message } });
  }
}
