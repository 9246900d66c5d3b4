import type { KeyCacheInput } from '../verify/input.ts';

export interface InitializeInput {
  /** The directory of the cache. */
  readonly directory: string;
  /** An address of http, https or file. */
  readonly mirror: string;
  /** A file or address of the root.json to begin with; that of the public instance is brought along. */
  readonly root?: string;
  /** `HEX` of SHA-256, or `sha512:HEX`. */
  readonly rootChecksum?: string;
}

/** What a document is made from besides what is given. */
export interface CreateBase {
  /** A document in a file. */
  readonly file?: string;
  /** The cache of trusted keys, for the usual services. */
  readonly keyCache?: KeyCacheInput;
  /** Fields that are left out of it. */
  readonly without: readonly string[];
}
