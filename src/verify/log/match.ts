import { createHash } from 'node:crypto';
import { isAppError } from '../../core/index.ts';
import { type LogEntry, preAuthEncoding } from '../../envelope/index.ts';
import { keyDetails as keyDetailsOf, type PublicKey, parsePublicKey } from '../../trust/index.ts';
import type { SignedContent } from '../content.ts';
import { verifyError } from '../errors.ts';
import { type EntryClaims, readEntryBody } from './body.ts';

/** What a bundle says and its log entries must say too. */
export interface EntrySubject {
  readonly content: SignedContent;
  readonly key: PublicKey;
  /** In DER, when the key is in a certificate. */
  readonly certificate?: Buffer;
  /** The older layout has entries that do not repeat the signature. */
  readonly layout: 'bundle' | 'legacy';
}

/**
 * Checks that an entry is for this signature, key and content, so that the entry of another signature cannot be put in
 * its place (CVE-2022-36056, GHSA-whqx-f9j3-ch6m). @throws VERIFY_ENTRY_*
 */
export function assertMatches(entry: LogEntry, subject: EntrySubject): void {
  const index = entry.logIndex;
  const claims = readEntryBody(entry, subject.layout);
  if (!(claims.signature?.equals(subject.content.signature) ?? true))
    throw verifyError('VERIFY_ENTRY_SIGNATURE', { data: { index } });
  if (!isSameSigner(claims, subject)) throw verifyError('VERIFY_ENTRY_KEY', { data: { index } });
  if (!isSameContent(claims, subject.content)) throw verifyError('VERIFY_ENTRY_DIGEST', { data: { index } });
}

function isSameSigner({ verifier, keyDetails }: EntryClaims, { key, certificate }: EntrySubject): boolean {
  if (keyDetails !== undefined && keyDetails !== keyDetailsOf(key)) return false;
  if (certificate !== undefined) return (keyDetails === undefined ? fromPem(verifier) : verifier).equals(certificate);
  try {
    return parsePublicKey(verifier).spki.equals(key.spki);
  } catch (error) {
    if (isAppError(error)) return false;
    throw error;
  }
}

function fromPem(pem: Buffer): Buffer {
  const [, body = ''] = /-----BEGIN CERTIFICATE-----([\sA-Za-z0-9+/=]*)-----END/.exec(pem.toString('latin1')) ?? [];
  return Buffer.from(body, 'base64');
}

const digestLengths: Readonly<Record<string, number>> = { sha256: 32, sha384: 48, sha512: 64 };

function isSameContent({ content: logged }: EntryClaims, content: SignedContent): boolean {
  if (content.kind === 'dsse') {
    const { payload, payloadType } = content.envelope;
    if (logged.kind === 'payload') return logged.digest.equals(createHash('sha256').update(payload).digest());
    return isDigestOf(logged, preAuthEncoding(payloadType, payload));
  }
  if (logged.kind === 'payload' || logged.digest.length !== digestLengths[logged.algorithm]) return false;
  const { digest, artifact } = content;
  if (digest !== undefined) return digest.algorithm === logged.algorithm && digest.value.equals(logged.digest);
  return artifact.bytes !== undefined && isDigestOf(logged, artifact.bytes);
}

function isDigestOf(logged: { readonly algorithm: string; readonly digest: Buffer }, bytes: Uint8Array): boolean {
  if (!Object.hasOwn(digestLengths, logged.algorithm)) return false;
  return createHash(logged.algorithm).update(bytes).digest().equals(logged.digest);
}
