import type { DsseEnvelope, MessageDigest, SigstoreBundle } from '../envelope/index.ts';
import type { Artifact } from './artifact.ts';
import { verifyError } from './errors.ts';

/** A signature and what it is over. */
export type SignedContent =
  | { readonly kind: 'dsse'; readonly signature: Buffer; readonly envelope: DsseEnvelope }
  | {
      readonly kind: 'message';
      readonly signature: Buffer;
      readonly digest?: MessageDigest;
      readonly artifact: Artifact;
    };

/**
 * The one signature of a bundle. A message signature that a certificate was used for must name its digest, as cosign
 * demands; keys of Ed25519 leave it out. @throws VERIFY_SIGNATURE_COUNT, VERIFY_DIGEST_MISSING
 */
export function contentOf({ content, material }: SigstoreBundle, artifact: Artifact): SignedContent {
  if (content.kind === 'dsse') return dsseContent(content);
  const { signature, digest } = content;
  if (digest === undefined && (material.kind !== 'public-key' || artifact.bytes === undefined)) {
    throw verifyError('VERIFY_DIGEST_MISSING');
  }
  return { kind: 'message', signature, artifact, ...(digest !== undefined && { digest }) };
}

/** The one signature of an envelope. @throws VERIFY_SIGNATURE_COUNT */
export function dsseContent({ envelope }: { readonly envelope: DsseEnvelope }): SignedContent {
  const [only, ...more] = envelope.signatures;
  if (only === undefined || more.length > 0) {
    throw verifyError('VERIFY_SIGNATURE_COUNT', { data: { found: envelope.signatures.length } });
  }
  return { kind: 'dsse', signature: only.signature, envelope };
}
