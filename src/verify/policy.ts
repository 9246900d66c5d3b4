import type { ClaimName, PublicKey, TrustedRoot, Validity } from '../trust/index.ts';

/** What must hold of evidence. */
export interface VerifyPolicy {
  readonly signer: SignerPolicy;
  /** Whom to trust; a key alone needs it only for logs and timestamps. */
  readonly trust?: TrustedRoot;
  /** How many logs must have the signature; 0 leaves logs out. One unless given. */
  readonly logThreshold?: number;
  /** How many certificate logs must have the certificate. One unless given. */
  readonly certificateLogThreshold?: number;
  /** How many timestamp authorities must say when it was signed; the time of logs does not count then. */
  readonly timestampThreshold?: number;
  /** The time that certificates are judged by when neither log nor timestamp is asked for. */
  readonly now: Date;
  /** Annotations that the signed subject must have. */
  readonly annotations?: Readonly<Record<string, string>>;
  /** The repository that payloads of the older layout must name, and that they are of cosign's type; not looked at unless given. */
  readonly name?: string;
  /** What is signed must be a statement; of this type, when one is named. */
  readonly statement?: { readonly predicateType?: string };
}

export type SignerPolicy =
  /** Within its window, by every time that is known; without any, by `now`. */
  | { readonly kind: 'key'; readonly key: PublicKey; readonly validity?: Validity }
  /** Any of them; an empty list accepts nobody. */
  | { readonly kind: 'identity'; readonly identities: readonly IdentityPolicy[] };

/** Who may have signed; everything given must hold. */
export interface IdentityPolicy {
  readonly name?: TextMatch;
  readonly issuer?: TextMatch;
  readonly claims?: Readonly<Partial<Record<ClaimName, string>>>;
}

export interface TextMatch {
  readonly exact?: string;
  /** RE2, found anywhere in the text unless anchored. */
  readonly pattern?: string;
}
