import type { Digest } from '../../core/index.ts';

/** An image that something is put beside. */
interface AttachInput {
  readonly reference: string;
  /** Another repository than that of the image. */
  readonly repository?: string;
}

export interface AttachSbomInput extends AttachInput {
  readonly sbom: Uint8Array;
  readonly mediaType: string;
  /** Under the tag of the older layout, or in a manifest that refers to the image. */
  readonly mode: 'tag' | 'referrer';
}

export interface AttachAttestationInput extends AttachInput {
  /** Bundles, or envelopes as lines of JSON. */
  readonly files: readonly Uint8Array[];
}

export interface AttachSignatureInput extends AttachInput {
  /** A bundle, or what the signature is over; without it what cosign would have signed. */
  readonly payload?: Uint8Array;
  /** In base64. */
  readonly signature: string;
  readonly certificate?: string;
  readonly chain?: string;
  /** The answer of a timestamp authority, in DER. */
  readonly timestamp?: Uint8Array;
  /** A bundle of before version 3, whose answer of Rekor is taken. */
  readonly rekorResponse?: Uint8Array;
}

/** Where something was put. */
export interface Attached {
  /** The image by its digest. */
  readonly image: string;
  readonly digest: Digest;
  /** The tag or manifest. */
  readonly place: string;
}
