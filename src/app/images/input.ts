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

export const usualJobs = 4;

/** How content is moved to a registry; all has a default. */
export interface TransferOptions {
  /** Copies, and blobs of each, on their way at the same time; 4 unless said otherwise. */
  readonly jobs?: number;
  /** Takes layers along that their owner wants nobody to pass on. */
  readonly allowForeign?: boolean;
}

export interface CopyInput extends TransferOptions {
  readonly source: string;
  readonly target: string;
  /** Leaves tags alone that the target has. */
  readonly noClobber?: boolean;
  /** One image of an index, and nothing else. */
  readonly platform?: Platform;
}

export interface PushInput extends TransferOptions {
  /** A docker archive, or the directory of an OCI layout. */
  readonly path: string;
  readonly target: string;
  /** Pushes the whole of a layout as one index. */
  readonly asIndex?: boolean;
}

/** An image of a docker archive; without a name the only one. */
export interface ArchiveChoice {
  readonly path: string;
  readonly name?: string;
}

export interface PullInput {
  readonly references: readonly string[];
  /** Of the archive, or of the layout's directory. */
  readonly path: string;
  readonly format: PullFormat;
  /** One image of an index; layouts take the whole of it without one. */
  readonly platform?: Platform;
  /** Keeps layers in this directory, and takes them from there. */
  readonly cachePath?: string;
  /** Writes the name of each image into the layout. */
  readonly annotateReference?: boolean;
}

/** A docker archive, the one of before Docker 1.10, or an OCI layout. */
export type PullFormat = 'tarball' | 'legacy' | 'oci';

/** What an image's file system is taken from: a registry, or a docker archive that comes as a stream. */
export type ExportInput =
  | ({ readonly kind: 'reference' } & ImageChoice)
  | { readonly kind: 'archive'; readonly stream: AsyncIterable<Uint8Array> };

/** What is looked at: an image or index of a registry, or the only image of a docker archive. */
export type ValidateInput = { readonly fast?: boolean } & (
  | ({ readonly kind: 'reference' } & ImageChoice)
  | { readonly kind: 'archive'; readonly path: string }
);
