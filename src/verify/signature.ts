import type { HashName } from '../envelope/index.ts';
import { preAuthEncoding } from '../envelope/index.ts';
import { type PublicKey, type SignatureScheme, usualScheme, verifySignature } from '../trust/index.ts';
import type { SignedContent } from './content.ts';
import { verifyError } from './errors.ts';

/**
 * How a key may have signed: as Sigstore's clients do now, and as older ones did, which took SHA-256 for all keys of
 * ECDSA. Ed25519 comes in both variants.
 */
function schemesOf({ kind }: PublicKey): SignatureScheme[] {
  if (kind === 'ed25519') return [{ name: 'ed25519' }, { name: 'ed25519ph' }];
  const usual = usualScheme(kind);
  if (kind === 'ecdsa-p384' || kind === 'ecdsa-p521') return [usual, { name: 'ecdsa', hash: 'sha256' }];
  return [usual];
}

/**
 * Checks the signature: of an envelope over its encoding, of a message over the artifact, which must have the digest
 * that was noted. @throws VERIFY_SIGNATURE_INVALID, VERIFY_ARTIFACT_DIGEST
 */
export async function assertSignature(content: SignedContent, key: PublicKey): Promise<void> {
  if (content.kind === 'message') return assertMessageSignature(content, key);
  const { payload, payloadType } = content.envelope;
  const message = preAuthEncoding(payloadType, payload);
  for (const scheme of schemesOf(key)) {
    if (await verifySignature(key, scheme, { message }, content.signature)) return;
  }
  throw verifyError('VERIFY_SIGNATURE_INVALID');
}

async function assertMessageSignature(content: SignedContent & { kind: 'message' }, key: PublicKey): Promise<void> {
  const { digest, artifact, signature } = content;
  if (digest !== undefined && artifact.digest(digest.algorithm) !== digest.value.toString('hex')) {
    throw verifyError('VERIFY_ARTIFACT_DIGEST');
  }
  for (const scheme of schemesOf(key)) {
    if (artifact.bytes !== undefined) {
      if (await verifySignature(key, scheme, { message: artifact.bytes }, signature)) return;
      continue;
    }
    const hash: HashName | undefined = hashOf(scheme);
    const known = hash === undefined ? undefined : artifact.digest(hash);
    if (hash === undefined || known === undefined) continue;
    if (await verifySignature(key, scheme, { digest: Buffer.from(known, 'hex'), hash }, signature)) return;
  }
  throw verifyError('VERIFY_SIGNATURE_INVALID');
}

/** The hash whose digest is enough to check a signature; plain Ed25519 needs the message. */
function hashOf(scheme: SignatureScheme): HashName | undefined {
  if (scheme.name === 'ed25519') return undefined;
  return scheme.name === 'ed25519ph' ? 'sha512' : scheme.hash;
}
