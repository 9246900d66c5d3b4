import type { Digest } from '../../core/index.ts';
import type { LegacyEvidence } from '../../envelope/index.ts';
import type { NotVerified, SignerPolicy, Verified } from '../../verify/index.ts';
import type { KeySource } from '../keys/input.ts';

/** What must be proven, and by whom. */
export interface ProofInput {
  readonly signer: SignerInput;
  /** A trusted_root.json; Sigstore's public instance without one. */
  readonly trustedRoot?: string;
  /** The cache that `initialize` made counts before Sigstore's public instance. */
  readonly keyCache?: KeyCacheInput;
  /** Accepts signatures that are in no log. */
  readonly ignoreLog?: boolean;
  /** Accepts certificates that are in no certificate log. */
  readonly ignoreCertificateLog?: boolean;
  /** Demands a timestamp, always or where the evidence has any. */
  readonly timestamps?: 'demanded' | 'when-there';
  readonly allowChain?: boolean;
  /** The signature must be of a statement; of this type, when one is named. */
  readonly statement?: { readonly predicateType?: string };
}

/** Keys that a TUF repository hands out, cached as cosign does. */
export interface KeyCacheInput {
  /** TUF_ROOT, or `~/.sigstore/root`. */
  readonly directory: string;
  /** Another mirror than the cache was initialized for. */
  readonly mirror?: string;
  /** Asks the mirror when what is cached has expired; an error otherwise. */
  readonly refresh: boolean;
}

/** Who must have signed: a key in a file or elsewhere, or a person or service that a certificate names. */
export type SignerInput =
  | { readonly kind: 'key'; readonly path: string }
  | { readonly kind: 'key-source'; readonly source: KeySource }
  /** Everybody whom a trust file names for the repository, with the services that it trusts. */
  | { readonly kind: 'trust-file'; readonly path: string }
  | Extract<SignerPolicy, { readonly kind: 'identity' }>;

export interface VerifyBlobInput extends ProofInput {
  /** A file, or a digest such as `sha256:…`. */
  readonly artifact: string;
  readonly bundle?: string;
  /** What cosign kept in files of their own before version 3. */
  readonly detached?: DetachedInput;
}

/** Paths; `signature` may be the signature itself in base64. */
export interface DetachedInput {
  readonly signature?: string;
  readonly certificate?: string;
  readonly timestamp?: string;
}

export interface VerifyImageInput extends ProofInput {
  /** A reference, or a directory with an image and its evidence. */
  readonly image: ImageEvidencePlace;
  /** What counts: signatures of the image, attestations, or either. */
  readonly wanted: 'signature' | 'attestation' | 'any';
  /** How many different signers there must be; one unless given. */
  readonly signers?: number;
  /** Signatures must name the repository asked for, and every image in an index must fulfil the same. */
  readonly strict?: boolean;
  /** Files with expressions in CEL, each of which must be true of every statement that counts. */
  readonly conditions?: readonly string[];
  /** Annotations that must have been signed. */
  readonly annotations?: Readonly<Record<string, string>>;
}

export type ImageEvidencePlace =
  /** `repository`: where the evidence is kept when it is not beside the image. */
  | { readonly kind: 'registry'; readonly reference: string; readonly repository?: string }
  /** `repository`: the one that the image is of, for those whom a trust file names for it. */
  | { readonly kind: 'directory'; readonly path: string; readonly repository?: string };

/** What was found of one image. */
export interface ImageVerification {
  /** The reference by its digest, or the path. */
  readonly name: string;
  readonly digest: Digest;
  /** Whether there is evidence at all, of the kinds that count. */
  readonly pieces: number;
  /** Whether any of it is a bundle, the layout of cosign 3. */
  readonly hasBundles: boolean;
  readonly answer: { readonly outcome: 'verified'; readonly evidence: readonly ImageEvidence[] } | NotVerified;
}

/** One piece that holds. */
export interface ImageEvidence extends SignedClaims {
  /** What it is of: the image asked for, or one in its index. */
  readonly name: string;
  readonly digest: Digest;
}

/** What was signed, and who did. */
export interface SignedClaims {
  readonly verified: Verified;
  /** The payload of simple signing, or the envelope of a statement as JSON. */
  readonly payload: Buffer;
  /** The image's name as the signer knew it; only the older layout has one. */
  readonly reference?: string;
  readonly annotations: Readonly<Record<string, unknown>>;
  /** What proves it in the older layout. */
  readonly proof?: LegacyProof;
}

export type LegacyProof = Pick<LegacyEvidence, 'logEntry' | 'timestamp'>;

/** A file that names images. */
export interface NamedImagesInput {
  readonly file: 'dockerfile' | 'manifest';
  readonly path: string;
  /** Of a Dockerfile: values of variables that it gives none. */
  readonly variables?: Readonly<Record<string, string | undefined>>;
}
