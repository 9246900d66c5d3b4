import { decodeBase64, ProtoFields, parseBoundedJson } from '../../kit/proto-json.ts';
import { parseCertificatesPem } from '../certificate/certificate.ts';
import { trustError } from '../errors.ts';
import { publicKeyPem } from '../keys/public-key.ts';
import { usualScheme } from '../keys/signature.ts';
import type { SigningKey } from '../keys/signing-key.ts';
import { ask, readReply, type ServiceAccess, toJsonBody } from './service.ts';

/** A certificate of a signer, and those of its authorities behind it, in DER. */
export type IssuedChain = readonly [Buffer, ...Buffer[]];

const service = 'Fulcio';
const maxCertificates = 10;

/**
 * Has a certificate issued for the key and whom the token names (Fulcio API v2, CreateSigningCertificate).
 * @throws TRUST_SERVICE_*, TRUST_TOKEN_INVALID, TRUST_CERTIFICATE_INVALID, NET_*
 */
export async function requestCertificate(access: ServiceAccess, token: string, key: SigningKey): Promise<IssuedChain> {
  const { kind } = key.publicKey;
  // Logs may demand another hash of envelopes; the proof that the key is there is always by its usual one.
  const scheme = 'hash' in key.scheme ? usualScheme(kind) : key.scheme;
  const proof = await key.sign(Buffer.from(subjectOf(token)), scheme);
  const algorithm = kind === 'rsa' || kind === 'ed25519' ? kind.toUpperCase() : 'ECDSA';
  const publicKeyRequest = {
    publicKey: { algorithm, content: publicKeyPem(key.publicKey) },
    proofOfPossession: proof.toString('base64'),
  };
  const reply = await ask(access, {
    service,
    path: '/api/v2/signingCert',
    contentType: 'application/json',
    headers: { authorization: `Bearer ${token}` },
    body: toJsonBody({ publicKeyRequest }),
  });
  const pems = readReply(service, reply, (fields) => {
    const issued = fields.fields('signedCertificateEmbeddedSct') ?? fields.fields('signedCertificateDetachedSct');
    const list = issued?.fields('chain')?.raw('certificates');
    return fields.require('certificates', Array.isArray(list) ? list.slice(0, maxCertificates).map(String) : undefined);
  });
  const [leaf, ...rest] = pems.flatMap(parseCertificatesPem).map(({ der }) => der);
  if (leaf === undefined)
    throw trustError('TRUST_SERVICE_INVALID', { data: { service, reason: 'there is no certificate' } });
  return [leaf, ...rest];
}

/** Whom a token names: the proven address, else the subject. The service checks the token; nothing here does. @throws TRUST_TOKEN_INVALID */
function subjectOf(token: string): string {
  const body = decodeBase64(token.split('.')[1] ?? '');
  if (body === undefined || body.length === 0) throw trustError('TRUST_TOKEN_INVALID');
  const claims = new ProtoFields(parseBoundedJson(body, 64 * 1024));
  const subject = claims.raw('email_verified') === true ? claims.text('email') : claims.text('sub');
  if (subject === undefined) throw trustError('TRUST_TOKEN_INVALID');
  return subject;
}
