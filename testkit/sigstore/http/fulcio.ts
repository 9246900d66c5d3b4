import { createPublicKey, type KeyObject, verify } from 'node:crypto';
import type { TestAuthority } from '../authority.ts';
import { type TestName, toPem } from '../certificate.ts';
import type { TestCertificateLog } from '../certificate-log.ts';
import type { TestKey } from '../keys.ts';
import { json, refuse, type Service } from './answer.ts';
import type { TestIssuer } from './issuer.ts';

interface CertificateRequestBody {
  readonly credentials?: { readonly oidcIdentityToken?: string };
  readonly publicKeyRequest?: {
    readonly publicKey?: { readonly content?: string };
    readonly proofOfPossession?: string;
  };
}

const hashes: Readonly<Record<string, string>> = { prime256v1: 'sha256', secp384r1: 'sha384', secp521r1: 'sha512' };

/** Fulcio's API of version 2: a certificate for whom the token names and who has the key. */
export function fulcioService(authority: TestAuthority, log: TestCertificateLog, issuer: TestIssuer): Service {
  return ({ method, url, headers, body }) => {
    if (method !== 'POST' || url.pathname !== '/api/v2/signingCert') return undefined;
    const { credentials, publicKeyRequest } = JSON.parse(body.toString()) as CertificateRequestBody;
    const token = headers.authorization?.replace(/^Bearer /, '') ?? credentials?.oidcIdentityToken ?? '';
    const claims = issuer.read(token);
    if (typeof claims === 'string') return refuse(401, `There was an error processing the identity token: ${claims}`);
    const subject = String(claims['email'] ?? claims['sub']);
    const publicKey = createPublicKey(publicKeyRequest?.publicKey?.content ?? '');
    const proof = Buffer.from(publicKeyRequest?.proofOfPossession ?? '', 'base64');
    if (!isProof(publicKey, Buffer.from(subject), proof)) {
      return refuse(400, 'The signature supplied in the request could not be verified');
    }
    const { der } = authority.issue({
      at: new Date(Date.now() - 1000),
      key: { publicKey, spki: publicKey.export({ type: 'spki', format: 'der' }) } as TestKey,
      names: [toName(claims, subject)],
      issuer: issuer.url,
      certificateLog: log,
    });
    const certificates = [der, authority.intermediate.der, authority.root.der].map((one) => toPem(one));
    return json(200, { signedCertificateEmbeddedSct: { chain: { certificates } } });
  };
}

function isProof(key: KeyObject, subject: Buffer, proof: Buffer): boolean {
  const curve = key.asymmetricKeyDetails?.namedCurve ?? '';
  const hash = key.asymmetricKeyType === 'ed25519' ? null : (hashes[curve] ?? 'sha256');
  return verify(hash, subject, key, proof);
}

/** People have an address, workloads a URI. */
function toName(claims: Readonly<Record<string, unknown>>, subject: string): TestName {
  return claims['email'] === undefined ? { kind: 'uri', value: subject } : { kind: 'email', value: subject };
}
