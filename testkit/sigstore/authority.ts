import { derTags, encodeDer } from '../../src/codecs/asn1/index.ts';
import {
  authorityExtensions,
  claimExtension,
  extension,
  issueCertificate,
  namesExtension,
  type TestCertificate,
  type TestName,
  usageExtension,
} from './certificate.ts';
import type { TestCertificateLog } from './certificate-log.ts';
import { makeKey, type TestKey, type TestKeyKind } from './keys.ts';

const minute = 60_000;
const year = 365 * 24 * 60 * minute;

/** A root and an intermediate authority that issue certificates of signers, as Fulcio does. */
export interface TestAuthority {
  readonly root: TestCertificate;
  readonly intermediate: TestCertificate;
  issue(request: IdentityRequest): TestCertificate;
}

export interface IdentityRequest {
  readonly names?: readonly TestName[];
  readonly issuer?: string;
  /** Further claims by their number. */
  readonly claims?: Readonly<Record<number, string>>;
  readonly key?: TestKey;
  readonly at: Date;
  /** Milliseconds; ten minutes unless given. */
  readonly lifetime?: number;
  readonly usage?: 'codeSigning' | 'timeStamping' | 'serverAuth';
  readonly extensions?: readonly Buffer[];
  /** None means that the log's timestamp is left out. */
  readonly certificateLog?: TestCertificateLog | undefined;
}

export function makeAuthority(at: Date, kind: TestKeyKind = 'ecdsa-p256', name = 'plimsoll test'): TestAuthority {
  const span = { notBefore: new Date(at.getTime() - year), notAfter: new Date(at.getTime() + 5 * year) };
  const root = issueCertificate({
    key: makeKey(kind),
    commonName: `${name} root`,
    extensions: authorityExtensions(1),
    ...span,
  });
  const intermediate = issueCertificate({
    key: makeKey(kind),
    commonName: `${name} intermediate`,
    issuer: root,
    extensions: [...authorityExtensions(0), usageExtension('codeSigning')],
    ...span,
  });
  return { root, intermediate, issue: (request) => issueIdentity(intermediate, request) };
}

function issueIdentity(authority: TestCertificate, request: IdentityRequest): TestCertificate {
  const { at, certificateLog, names = [{ kind: 'email', value: 'user@example.com' }] } = request;
  const { issuer = 'https://issuer.example.com', claims = {}, usage = 'codeSigning' } = request;
  const stated = { 1: issuer, 8: issuer, ...claims };
  return issueCertificate({
    key: request.key ?? makeKey(),
    issuer: authority,
    notBefore: at,
    notAfter: new Date(at.getTime() + (request.lifetime ?? 10 * minute)),
    extensions: [
      extension('2.5.29.15', encodeDer(derTags.bitString, Buffer.from([7, 0x80])), true),
      usageExtension(usage),
      ...(names.length > 0 ? [namesExtension(names)] : []),
      ...Object.entries(stated).map(([number, value]) => claimExtension(Number(number), value)),
      ...(request.extensions ?? []),
    ],
    ...(certificateLog !== undefined && {
      finish: (tbs) => [certificateLog.stamp(tbs, authority.key.spki, at)],
    }),
  });
}
