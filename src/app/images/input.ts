import type { Platform } from '../../oci/index.ts';

export interface ImageChoice {
  readonly reference: string;
  /** One image of an index, and nothing else. */
  readonly platform?: Platform;
}

export interface TagsInput {
  readonly repository: string;
  /** Leaves out the tags that stand for a digest, such as those of signatures. */
  readonly omitDigestTags?: boolean;
}

export interface TagInput {
  readonly reference: string;
  /** In the same repository. */
  readonly tag: string;
}
