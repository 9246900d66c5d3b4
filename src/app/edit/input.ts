import type { ConfigChanges, PlatformChange } from '../../oci/index.ts';
import type { ImageChoice } from '../images/input.ts';

/** A tar, plain or packed with gzip or zstd. */
export type LayerInput =
  | { readonly kind: 'file'; readonly path: string }
  /** Bytes that can be had only once, such as those of the standard input. */
  | { readonly kind: 'stream'; readonly stream: AsyncIterable<Uint8Array> };

/** How an edited image is sent. */
export interface PushChoice {
  /** Sends layers too that are meant to stay where they are. */
  readonly allowForeign?: boolean;
  /** Writes it as a docker archive to this path, instead of sending it. */
  readonly output?: string;
}

export interface AppendInput extends PushChoice {
  /** What the layers are put on; an image without any when absent. */
  readonly base?: ImageChoice;
  readonly layers: readonly LayerInput[];
  readonly target: string;
  /** Notes in the manifest which image it was made of. */
  readonly annotateBase?: boolean;
  /** The media types of an image without a base; Docker's unless said otherwise. */
  readonly emptyBase?: 'docker' | 'oci';
}

export interface MutateInput extends PushChoice {
  readonly image: ImageChoice;
  readonly changes: ConfigChanges;
  readonly annotations?: ReadonlyMap<string, string>;
  /** Put on top before the configuration is changed. */
  readonly layers?: readonly LayerInput[];
  /** Where it is stored; in place of the image when neither is given. */
  readonly target?: string;
  /** A repository in which it is stored under its digest only. */
  readonly repository?: string;
}

/** Where an edited image was stored. */
export interface StoredEdit {
  readonly registry: string;
  readonly repository: string;
  readonly digest: string;
}

export interface RebaseInput extends PushChoice {
  readonly image: ImageChoice;
  /** What the image was built on; its annotations tell when absent. */
  readonly oldBase?: string;
  /** What it shall be built on; its annotations tell when absent. */
  readonly newBase?: string;
  readonly target?: string;
}

export interface FlattenInput extends PushChoice {
  /** An image, or an index with images. */
  readonly image: string;
  readonly target?: string;
  /** The program that the history of the new image names. */
  readonly program: string;
}

/** What is put into an index: what the path holds if it is an image, else what the name means in a registry. */
export interface IndexSource {
  readonly name: string;
  /** A docker archive, or the directory of an OCI layout. */
  readonly path: string;
}

export interface IndexAppendInput extends PushChoice {
  /** The index that entries are put into; an empty one when absent. */
  readonly base?: IndexSource;
  readonly manifests: readonly IndexSource[];
  readonly target?: string;
  /** The media type of an index without a base; OCI's unless said otherwise. */
  readonly emptyBase?: 'docker' | 'oci';
  /** Takes the entries of an index instead of the index; true unless said otherwise. */
  readonly flatten?: boolean;
}

export interface IndexFilterInput extends PushChoice {
  readonly index: string;
  /** The platforms that stay; an empty part stands for any. */
  readonly platforms: readonly PlatformChange[];
  readonly target?: string;
}

/** One line of an index. */
export interface IndexEntry {
  readonly digest: string;
  readonly mediaType: string;
  /** Undefined where the index states none. */
  readonly platform?: string;
}
