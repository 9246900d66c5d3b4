import type { Digest } from '../../core/index.ts';
import type { KeySource } from '../keys/input.ts';
import type { ProofInput } from '../verify/input.ts';

/** Two keys, and the images that are asked about. */
export interface RotationInput extends Omit<ProofInput, 'signer' | 'statement'> {
  readonly oldKey: KeySource;
  readonly newKey: KeySource;
  readonly places: readonly RotationPlace[];
}

export type RotationPlace =
  /** An image of a registry; a reference without tag and digest is all tags of the repository. `repository`: where evidence is kept. */
  | { readonly kind: 'registry'; readonly reference: string; readonly repository?: string }
  | { readonly kind: 'directory'; readonly path: string };

/** Which of two keys evidence verifies with. */
export type Cover = 'old' | 'new' | 'both' | 'neither';

/** What the keys cover of one image. */
export interface ImageCover {
  /** The reference by its digest, or the path. */
  readonly name: string;
  /** Undefined where the image cannot be had. */
  readonly digest?: Digest;
  /** The tags it was found under. */
  readonly tags: readonly string[];
  /** `old` where anything is covered by the old key alone; `unknown` where it cannot be told. */
  readonly cover: Cover | 'unknown';
  /** Signatures, and attestations by the type of what they state. */
  readonly evidence: readonly { readonly type: string; readonly cover: Cover }[];
  /** Why it cannot be told. */
  readonly reason?: string;
}
