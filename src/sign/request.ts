import type { Fetch } from '../core/index.ts';
import type { SigningConfig, SigningKey } from '../trust/index.ts';
import type { SigningAlgorithm } from './algorithms.ts';

/** What is signed, by whom, and which services take part. */
export interface SigningRequest {
  /** An artifact, or a statement of in-toto as JSON. */
  readonly content: { readonly kind: 'artifact' | 'statement'; readonly bytes: Uint8Array };
  readonly signer: Signer;
  readonly config: SigningConfig;
  /** Called only when a service takes part. */
  readonly fetch: () => Promise<Fetch>;
  /** How timestamp authorities are asked, where it is another way. */
  readonly timestampFetch?: () => Promise<Fetch>;
  readonly time: Date;
  readonly signal?: AbortSignal;
}

export type Signer =
  /** A key of one's own; with a token, a certificate is issued for it. */
  | { readonly kind: 'key'; readonly key: SigningKey; readonly token?: string }
  /** A key with a certificate from elsewhere, and those of its authorities behind it, in DER. */
  | { readonly kind: 'certificate'; readonly key: SigningKey; readonly certificates: readonly [Buffer, ...Buffer[]] }
  /** A key that lives for this one signature, with a certificate for whom a token of OpenID Connect names. */
  | { readonly kind: 'token'; readonly token: string; readonly algorithm?: SigningAlgorithm };
