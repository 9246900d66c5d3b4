import { once } from '../../kit/memoize.ts';
import { parseCertificatesPem } from '../certificate/certificate.ts';
import { keyId, parsePublicKey } from '../keys/public-key.ts';
import { usualScheme } from '../keys/signature.ts';
import { type TrustedAuthority, type TrustedLog, type TrustedRoot, toChain } from './trusted-root.ts';

/** Keys and certificates in PEM that somebody trusts instead of those of a trusted root. */
export interface GivenMaterial {
  /** Certificate authorities: a chain, or several roots. */
  readonly authorities?: string;
  /** One key or several, of which each is a log. */
  readonly logKey?: string;
  readonly certificateLogKey?: string;
  readonly timestampChain?: string;
}

const emptyRoot: TrustedRoot = { logs: [], certificateAuthorities: [], certificateLogs: [], timestampAuthorities: [] };

/** A trusted root with what was given in the place of its own. @throws TRUST_KEY_*, TRUST_CERTIFICATE_INVALID */
export function withGivenMaterial(root: TrustedRoot | undefined, given: GivenMaterial): TrustedRoot {
  const { authorities, logKey, certificateLogKey, timestampChain } = given;
  return {
    ...(root ?? emptyRoot),
    ...(authorities !== undefined && { certificateAuthorities: authoritiesOf(authorities) }),
    ...(logKey !== undefined && { logs: logsOf(logKey) }),
    ...(certificateLogKey !== undefined && { certificateLogs: logsOf(certificateLogKey) }),
    ...(timestampChain !== undefined && { timestampAuthorities: [chainOf(timestampChain)] }),
  };
}

/** Each certificate that issued itself is a root, and the others may lead to any of them. */
function authoritiesOf(pem: string): TrustedAuthority[] {
  const certificates = parseCertificatesPem(pem);
  const roots = certificates.filter(({ issuer, subject }) => issuer.equals(subject));
  const others = certificates.filter((certificate) => !roots.includes(certificate));
  return roots.map((root) => ({ url: '', validity: {}, chain: () => ({ intermediates: others, root }) }));
}

function chainOf(pem: string): TrustedAuthority {
  const certificates = parseCertificatesPem(pem);
  return { url: '', validity: {}, chain: once(() => toChain(certificates)) };
}

function logsOf(pem: string): TrustedLog[] {
  const keys = pem.split(/(?<=-----END [A-Z ]+-----)/).filter((block) => block.trim() !== '');
  return keys.map(logOf);
}

/** Logs are named by the hash of their key (RFC 6962 section 3.2). */
function logOf(pem: string): TrustedLog {
  const key = parsePublicKey(pem);
  return { url: '', id: keyId(key), validity: {}, key: () => ({ key, scheme: usualScheme(key.kind) }) };
}
