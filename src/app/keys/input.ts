/** Where a key is. */
export type KeySource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'address'; readonly url: string }
  /** The key itself, as PEM. */
  | { readonly kind: 'text'; readonly text: string };

/** A private key that its password opens. */
export interface PrivateKeyInput {
  readonly source: KeySource;
  /** Asked for once, when the key was read. */
  readonly password: () => Promise<Uint8Array>;
}

/** A key pair that is to be written. */
export interface KeyPairInput {
  /** The files are this and `.key` and `.pub`. */
  readonly prefix: string;
  /** The private key is encrypted with it; an empty one is a password too. */
  readonly password: Uint8Array;
  /** Whether a private key that is there already may go. */
  readonly replace: boolean;
}

export interface ImportKeyPairInput extends KeyPairInput {
  /** A private key that is not encrypted, as OpenSSL writes them. */
  readonly source: KeySource;
}

/** `exists`: there is such a file, and it was left alone. */
export type KeyPairOutcome =
  | { readonly outcome: 'written'; readonly privatePath: string; readonly publicPath: string }
  | { readonly outcome: 'exists'; readonly privatePath: string };
