import type { Digest } from '../../core/index.ts';
import type { SigningAlgorithm } from '../../sign/index.ts';
import type { PrivateKeyInput } from '../keys/input.ts';
import type { PeerIdentity } from '../registry-access.ts';
import type { KeyCacheInput } from '../verify/input.ts';

/** Who signs, and which services take part. */
export interface SigningInput {
  readonly signer: SignerChoice;
  readonly services: ServicesInput;
  /** A trusted_root.json by which what was signed is verified; Sigstore's public instance without one. */
  readonly trustedRoot?: string;
  /** The cache of `initialize`: who is trusted, and which services are the usual ones. */
  readonly keyCache?: KeyCacheInput;
  /** How timestamp authorities are met that know their clients. */
  readonly timestampPeer?: PeerIdentity;
}

export type SignerChoice =
  /** A key of one's own; with a token, a certificate is issued for it, and with a file it has one already. */
  | {
      readonly kind: 'key';
      readonly key: PrivateKeyInput;
      readonly token?: TokenInput;
      readonly certificate?: string;
      readonly chain?: string;
    }
  /** A key that lives for one signature, and whom a token of OpenID Connect names. */
  | { readonly kind: 'token'; readonly token: TokenInput; readonly algorithm?: SigningAlgorithm };

/** A token, or the file that holds it; or how one is found. */
export type TokenInput = string | IdentityInput;

export interface IdentityInput {
  /** Tells which place the program runs in, and what it is to show there. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Whether the place may be asked for a token. */
  readonly isAmbient: boolean;
  /** The only kind of place to ask. */
  readonly provider?: string;
  /** How somebody logs in where no place gives a token; nobody does without it. */
  readonly login?: LoginInput;
}

export interface LoginInput {
  readonly flow: 'browser' | 'device' | 'client-credentials';
  readonly clientId: string;
  readonly clientSecretFile?: string;
  /** Where the browser is sent back to, on this machine. */
  readonly redirectUrl?: string;
  /** As node names it; tells how a browser is opened. */
  readonly platform: string;
  /** Tells a person what to do. */
  readonly say: (text: string) => Promise<void>;
  /** Asks a person before the first login; what it throws ends everything. */
  readonly confirm?: () => Promise<void>;
  /** Keeps what a login gave by its issuer, so that one serves for several images while its token is valid. */
  readonly kept?: Map<string, string>;
}

export type ServicesInput =
  /** A signing_config.v0.2.json; the services of Sigstore's public instance without one. */
  | { readonly kind: 'config'; readonly path?: string }
  /** Only those that are named, by their addresses. */
  | {
      readonly kind: 'addresses';
      readonly authority?: string;
      readonly issuer?: string;
      readonly log?: string;
      readonly timestamps?: string;
    };

/** How evidence lies: as cosign 3 has it, or as it was before. */
export type EvidenceLayout = 'bundle' | 'legacy';

export interface SignBundleInput extends SigningInput {
  /** A file: the artifact, or a statement of in-toto about one. */
  readonly path: string;
  readonly kind: 'artifact' | 'statement';
  /** Where the bundle is written. */
  readonly bundle: string;
}

/** Where evidence of an image goes. */
export interface EvidenceTarget {
  readonly layout: EvidenceLayout;
  /** False when it is made and put nowhere. */
  readonly upload: boolean;
  /** Another repository than that of the image. */
  readonly repository?: string;
  /** Whether the manifest in the older layout states when it was made. */
  readonly recordTime?: boolean;
}

export interface SignImageInput extends SigningInput, EvidenceTarget {
  readonly reference: string;
  /** Signs an index and everything that it lists. */
  readonly recursive?: boolean;
  readonly annotations?: Readonly<Record<string, string>>;
  /** Names to sign the image under instead of its own; only the older layout has them. */
  readonly identities?: readonly string[];
  /** Signs what this file holds instead of a payload that is made; only in the older layout. */
  readonly payload?: string;
}

export interface AttestImageInput extends SigningInput, EvidenceTarget {
  readonly reference: string;
  /** A word of cosign's for a type of predicate, or its address. */
  readonly type: string;
  /** What the file of the predicate holds. */
  readonly predicate: Uint8Array;
  /** Takes away attestations of the same type; only in the older layout. */
  readonly replace?: boolean;
}

export interface SignBlobInput extends SigningInput {
  readonly artifact: Uint8Array;
}

export interface AttestBlobInput extends SigningInput {
  readonly claim: BlobClaim;
}

/** What is stated about a file. */
export type BlobClaim =
  | { readonly kind: 'statement'; readonly statement: Uint8Array }
  | ({ readonly kind: 'predicate'; readonly type: string; readonly predicate: Uint8Array; readonly name: string } & (
      | { readonly artifact: Uint8Array }
      /** SHA-256 in hexadecimal. */
      | { readonly digest: string }
    ));

/** What was signed of one image. */
export interface SignedImage {
  readonly digest: Digest;
  readonly signatures: readonly MadeSignature[];
  /** Where it was put; undefined when it was not. */
  readonly repository?: string;
}

/** One signature in all the forms that it is asked for. */
export interface MadeSignature {
  /** A Sigstore bundle in JSON. */
  readonly bundle: string;
  /** The bundle of before version 3. */
  readonly legacyBundle: string;
  readonly signature: Buffer;
  /** What it is over: a payload, or a statement. */
  readonly payload: Buffer;
  /** The envelope of a statement as JSON; empty for other signatures. */
  readonly envelope: string;
  /** The signer's certificate, or key, as PEM. */
  readonly verifier: string;
  readonly hasCertificate: boolean;
  /** The first answer of a timestamp authority, in DER. */
  readonly timestamp?: Buffer;
}
