import type { Fetch } from '../../core/index.ts';
import type { Registered } from '../../kit/registry.ts';
import type { KubeClient } from '../../kube/index.ts';

/** A kind of places that key pairs are kept in for others; its `id` is what stands before `://`. */
export interface KeyStore extends Registered {
  /** For people. */
  readonly title: string;
  readonly load: () => Promise<FindStored>;
}

/** Reads what a reference and the environment say, and asks nobody yet. @throws TRUST_STORE_REFERENCE, TRUST_STORE_SETTING */
export type FindStored = (reference: StoreReference, access: StoreAccess) => Promise<StoredKey>;

/** `ID://NAME` */
export interface StoreReference {
  readonly name: string;
  /** All of it. */
  readonly text: string;
}

/** What a store is reached with. */
export interface StoreAccess {
  readonly fetch: () => Promise<Fetch>;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Opens the cluster that the environment leads to, where there may be one. */
  readonly cluster?: () => Promise<KubeClient>;
  readonly signal?: AbortSignal;
}

/** A pair with the password of its private half. */
export interface StoredPair {
  /** Encrypted, as PEM. */
  readonly privateKey: string;
  readonly publicKey: string;
  readonly password: Uint8Array;
}

/** A place for one pair. Every method throws TRUST_STORE_* or NET_*. */
export interface StoredKey {
  /** Keeps the pair; what to tell people, a line each. */
  write(pair: StoredPair): Promise<readonly string[]>;
  /** The pair that is kept, both halves of which may be asked for by themselves. */
  readPrivate(): Promise<Pick<StoredPair, 'privateKey' | 'password'>>;
  readPublic(): Promise<string>;
}
