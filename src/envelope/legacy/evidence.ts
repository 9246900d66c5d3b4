import type { LogEntry, VerificationMaterial } from '../bundle/bundle.ts';
import { type DsseEnvelope, parseDsseEnvelope } from '../dsse.ts';

/** What cosign kept beside an image before bundles: a layer, and annotations with what proves it. */
export interface LegacyEvidence {
  readonly content: LegacyContent;
  /** Undefined when nothing but a key of the verifier's can tell who signed. */
  readonly certificates?: Exclude<VerificationMaterial, { readonly kind: 'public-key' }>;
  readonly logEntry?: LogEntry;
  /** The answer of a timestamp authority, in DER. */
  readonly timestamp?: Buffer;
}

export type LegacyContent =
  /** A signature over the bytes of the payload, whatever these are. */
  | { readonly kind: 'payload'; readonly payload: Buffer; readonly signature: Buffer }
  | { readonly kind: 'dsse'; readonly envelope: DsseEnvelope };

/** Media types of the layers of `.sig` and `.att`. */
export const legacyMediaTypes = {
  signature: 'application/vnd.dev.cosign.simplesigning.v1+json',
  attestation: 'application/vnd.dsse.envelope.v1+json',
} as const;

/** The content of a layer; attestations hold an envelope, signatures anything. @throws ENVELOPE_DSSE_INVALID, KIT_* */
export function legacyContent(mediaType: string, blob: Buffer, signature: Buffer): LegacyContent {
  if (mediaType !== legacyMediaTypes.attestation) return { kind: 'payload', payload: blob, signature };
  return { kind: 'dsse', envelope: parseDsseEnvelope(blob) };
}
