import type { Fetch } from '../../core/index.ts';
import type { Registered } from '../../kit/registry.ts';
import type { PublicKey } from '../keys/public-key.ts';
import type { SignatureScheme } from '../keys/signature.ts';

/** A kind of key management systems; its `id` is what stands before `://`, or before `:` in `pkcs11:`. */
export interface KmsScheme extends Registered {
  /** For people. */
  readonly title: string;
  readonly load: () => Promise<FindKmsKey>;
}

/** Reads what a reference and the environment say, and asks nobody yet. @throws TRUST_KMS_REFERENCE, TRUST_KMS_SETTING */
export type FindKmsKey = (reference: KmsReference, access: KmsAccess) => Promise<KmsKey>;

/** `SCHEME://NAME` */
export interface KmsReference {
  readonly scheme: string;
  readonly name: string;
  /** All of it. */
  readonly text: string;
}

/** What a key management system is reached with. */
export interface KmsAccess {
  /** Called only when a system is asked over the network. */
  readonly fetch: () => Promise<Fetch>;
  /** Tells where the system is, and holds what it is to be shown. */
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly signal?: AbortSignal;
  /** Asks a person, who types an answer that is not shown; without it there is nobody to ask. */
  readonly askSecret?: (question: string) => Promise<string>;
  /** Loads a package that users install beside this program; Node's own way without it. */
  readonly packages?: (name: string) => unknown;
}

/** A key in such a system, which need not be there. Every method throws TRUST_KMS_* or PROCESS_PLUGIN_*, NET_*. */
export interface KmsKey {
  /** Makes a key of the kind that the system prefers. */
  create(): Promise<void>;
  /** The version to sign with is the newest; the one to verify with may be told by the environment. */
  open(use: 'sign' | 'verify'): Promise<OpenedKmsKey>;
}

/** One version of a key. */
export interface OpenedKmsKey {
  readonly publicKey: PublicKey;
  /** Whether the system signs by the hash that is usual for such a key, and by no other. */
  readonly hasFixedHash?: boolean;
  sign(message: Uint8Array, scheme: SignatureScheme): Promise<Buffer>;
}
