import { type Digest, isDigest } from '../core/index.ts';
import { ociError } from './errors.ts';
import { isObject, parseObject } from './manifest.ts';

/** An image whose parts can be read, wherever it lies. */
export interface Image {
  /** The name as it was asked for. */
  readonly name: string;
  /** Digest of the configuration, which is the image's id. */
  readonly id: Digest;
  /** Digest of the manifest; absent where the source has none (docker-archive). */
  readonly manifestDigest?: Digest;
  readonly config: ImageConfig;
  readonly layers: readonly ImageLayer[];
  readonly repoTags: readonly string[];
  readonly repoDigests: readonly string[];
  /** The one of these that was asked for. */
  readonly reference?: string;
  /** Frees files and connections. */
  close(): Promise<void>;
}

export interface ImageLayer {
  /** Digest of the packed bytes. */
  readonly digest: Digest;
  /** Digest of the unpacked bytes, as the configuration states it. */
  readonly diffId?: Digest;
  readonly size?: number;
  /** True where no manifest gives the layer this digest and the bytes are not packed: reports leave the digest out. */
  readonly unnamed?: boolean;
  /** The packed bytes, checked against `digest` at the end. @throws OCI_DIGEST_MISMATCH, OCI_BLOB_MISSING */
  open(signal: AbortSignal | undefined): AsyncIterable<Buffer>;
}

/** image-spec config.md: the parts that are used, and all of it as written. */
export interface ImageConfig {
  readonly os: string;
  readonly architecture: string;
  readonly diffIds: readonly Digest[];
  /** The whole document, for reports. */
  readonly document: Readonly<Record<string, unknown>>;
}

/** Bytes of the largest image configuration that is read. */
export const maxConfigSize: number = 8 * 2 ** 20;

/** @throws OCI_CONFIG_INVALID */
export function parseImageConfig(bytes: Uint8Array, digest: string): ImageConfig {
  const document = parseObject(bytes);
  const rootfs = document?.['rootfs'];
  const list = isObject(rootfs) ? rootfs['diff_ids'] : undefined;
  const diffIds = Array.isArray(list) ? list.filter((id): id is Digest => typeof id === 'string' && isDigest(id)) : [];
  if (document === undefined || !Array.isArray(list) || diffIds.length !== list.length) {
    const reason = document === undefined ? 'it is not a JSON object' : 'rootfs.diff_ids is not a list of digests';
    throw ociError('OCI_CONFIG_INVALID', { data: { digest, reason } });
  }
  const { os, architecture } = document;
  return {
    os: typeof os === 'string' ? os : '',
    architecture: typeof architecture === 'string' ? architecture : '',
    diffIds,
    document,
  };
}
