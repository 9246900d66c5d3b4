/** Where a key is. */
export type KeySource = KeyTextSource | KmsKeySource;

/** A key in a key management system, `SCHEME://NAME`, of a token, `pkcs11:…`, or in a place that keeps pairs for others; the environment tells how that is reached. */
export interface KmsKeySource extends KmsSurroundings {
  readonly kind: 'kms';
  readonly reference: string;
}

/** A key pair that is kept in a place for others, such as `gitlab://PROJECT`. */
export interface StoredKeySource {
  readonly reference: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
}

/** What keys that stay where they are are reached with. */
export interface KmsSurroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Asks a person for the PIN of a token; the answer is not shown. */
  readonly askSecret?: (question: string) => Promise<string>;
}

/** Where the text of a key is. */
export type KeyTextSource =
  | { readonly kind: 'file'; readonly path: string }
  | { readonly kind: 'address'; readonly url: string }
  /** The key itself, as PEM. */
  | { readonly kind: 'text'; readonly text: string };

/** A private key that its password opens, when it is in a file. */
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
  readonly source: KeyTextSource;
}

/** A key pair that is to be made and kept in a place for others. */
export interface StoredPairInput {
  readonly source: StoredKeySource;
  readonly password: Uint8Array;
  /** The public half is written to this and `.pub` too. */
  readonly prefix: string;
}

/** A key that is to be made in a key management system. */
export interface KmsKeyInput {
  readonly source: KmsKeySource;
  /** The public half is written to this and `.pub`. */
  readonly prefix: string;
}

/** `exists`: there is such a file, and it was left alone. */
export type KeyPairOutcome =
  | { readonly outcome: 'written'; readonly privatePath: string; readonly publicPath: string }
  | { readonly outcome: 'exists'; readonly privatePath: string };

/** Tokens of a PKCS #11 module. */
export interface TokenInput extends KmsSurroundings {
  /** Of the shared library; without it, it is told which variable is missing. */
  readonly modulePath: string | undefined;
  readonly pin?: string | undefined;
}
