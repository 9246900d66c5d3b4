import { envelopeError } from '../errors.ts';
import type { LegacyEvidence } from './evidence.ts';

const maxCertificates = 10;
const maxLength = 2 ** 20;

/** The certificates of a PEM text, the signer's first; undefined when there is none. @throws ENVELOPE_BUNDLE_INVALID above 10 */
export function certificatesOfPem(pem: string): LegacyEvidence['certificates'] | undefined {
  if (pem.length > maxLength) throw tooMany();
  const blocks = pem.match(/-----BEGIN CERTIFICATE-----[\sA-Za-z0-9+/=]*-----END CERTIFICATE-----/g) ?? [];
  if (blocks.length > maxCertificates) throw tooMany();
  const certificates = blocks.map((block) => Buffer.from(block.replace(/-----[A-Z ]+-----/g, ''), 'base64'));
  const [only, ...more] = certificates;
  if (only === undefined) return undefined;
  return more.length === 0 ? { kind: 'certificate', certificate: only } : { kind: 'chain', certificates };
}

/** A certificate in DER as PEM, in lines of 64 characters. */
export function toCertificatePem(der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return ['-----BEGIN CERTIFICATE-----', ...lines, '-----END CERTIFICATE-----', ''].join('\n');
}

function tooMany(): Error {
  return envelopeError('ENVELOPE_BUNDLE_INVALID', {
    data: { reason: `it has more than ${maxCertificates} certificates` },
  });
}
