import { createHash } from 'node:crypto';
import { decompress, gzip } from '../../codecs/compression/index.ts';
import type { Digest } from '../../core/index.ts';
import { spoolStream, statPath, streamFile, streamPipe } from '../../disk/index.ts';
import type { AddedLayer } from './append.ts';
import { asBuffers, peek } from './buffers.ts';
import { dockerLayerType } from './edited.ts';
import { windowsLayer } from './windows.ts';

/** A layer from a file; `close` frees the copy that was made of it. */
export interface LayerFile extends AddedLayer {
  close(): void;
}

export interface LayerFileOptions {
  /** The type of a layer packed with gzip. */
  readonly gzipType: string;
  readonly signal?: AbortSignal;
}

const zstdType = 'application/vnd.oci.image.layer.v1.tar+zstd';
/** Bytes that tell how a file is packed. */
const markLength = 4;
const maxLayerSize = 256 * 2 ** 30;

/**
 * Makes a layer of a tar: packed with gzip or zstd it is sent as it lies, plain it is packed to an unlinked temporary file
 * first, as is a pipe. @throws DISK_*, CODEC_COMPRESSION_INVALID, CODEC_LIMIT
 */
export async function readLayerFile(path: string, options: LayerFileOptions): Promise<LayerFile> {
  const found = await statPath(path);
  if (found?.kind === 'other') return readLayerStream(streamPipe(path, options.signal), options);
  const open = (signal?: AbortSignal): AsyncIterable<Buffer> =>
    streamFile(path, signal === undefined ? {} : { signal });
  const { head, whole } = await peek(open(options.signal), markLength);
  await whole.return();
  const packing = packingOf(head);
  if (packing === undefined) return packLayer(open(options.signal), options);
  return describePacked({ open, packing, close: () => undefined }, options);
}

/** The same of bytes that can be had only once. @throws DISK_UNWRITABLE, CODEC_COMPRESSION_INVALID, CODEC_LIMIT */
export async function readLayerStream(
  stream: AsyncIterable<Uint8Array>,
  options: LayerFileOptions,
): Promise<LayerFile> {
  const { head, whole } = await peek(stream, markLength);
  const packing = packingOf(head);
  if (packing === undefined) return packLayer(whole, options);
  const kept = await spoolStream(whole, maxLayerSize);
  const open = (signal?: AbortSignal): AsyncIterable<Buffer> => kept.stream(signal === undefined ? {} : { signal });
  const close = (): void => kept.close();
  try {
    return await describePacked({ open, packing, close }, options);
  } catch (error) {
    close();
    throw error;
  }
}

/** The same layer in the form of Windows; the one it is made of is closed. @throws OCI_EDIT_REFUSED, CODEC_*, DISK_UNWRITABLE */
export async function toWindowsLayer(layer: LayerFile, signal?: AbortSignal): Promise<LayerFile> {
  try {
    return await packLayer(windowsLayer(decompress(asBuffers(layer.source.open(signal)))), {
      // Whatever the image is, which is what crane does.
      gzipType: dockerLayerType,
    });
  } finally {
    layer.close();
  }
}

type Packing = 'gzip' | 'zstd';

interface PackedFile {
  readonly packing: Packing;
  open(signal?: AbortSignal): AsyncIterable<Buffer>;
  close(): void;
}

/** One pass tells both digests. */
async function describePacked(file: PackedFile, { gzipType, signal }: LayerFileOptions): Promise<LayerFile> {
  const packed = new Tally();
  const unpacked = new Tally();
  for await (const chunk of decompress(packed.watch(file.open(signal)))) unpacked.add(chunk);
  const { digest, size } = packed.total();
  return {
    descriptor: { mediaType: file.packing === 'zstd' ? zstdType : gzipType, size, digest },
    diffId: unpacked.total().digest,
    source: { digest, size, open: (again) => file.open(again) },
    close: () => file.close(),
  };
}

/** Makes a layer of a plain tar that can be had only once, packed as tightly as is asked. @throws DISK_UNWRITABLE */
export async function packLayer(
  plain: AsyncIterable<Uint8Array>,
  { gzipType, level }: Pick<LayerFileOptions, 'gzipType'> & { readonly level?: number },
): Promise<LayerFile> {
  const unpacked = new Tally();
  const packed = new Tally();
  const kept = await spoolStream(packed.watch(gzip(unpacked.watch(plain), level)), maxLayerSize);
  const { digest, size } = packed.total();
  return {
    descriptor: { mediaType: gzipType, size, digest },
    diffId: unpacked.total().digest,
    source: { digest, size, open: (signal) => kept.stream(signal === undefined ? {} : { signal }) },
    close: () => kept.close(),
  };
}

/** RFC 1952 2.3.1, RFC 8878 3.1.1. */
function packingOf(head: Uint8Array): Packing | undefined {
  const [a, b, c, d] = head;
  if (a === 0x1f && b === 0x8b) return 'gzip';
  return a === 0x28 && b === 0xb5 && c === 0x2f && d === 0xfd ? 'zstd' : undefined;
}

/** Digest and length of what passes. */
class Tally {
  readonly #hash = createHash('sha256');
  #size = 0;

  add(chunk: Uint8Array): void {
    this.#hash.update(chunk);
    this.#size += chunk.length;
  }

  async *watch<T extends Uint8Array>(source: AsyncIterable<T>): AsyncGenerator<T, void, undefined> {
    for await (const chunk of source) {
      this.add(chunk);
      yield chunk;
    }
  }

  total(): { readonly digest: Digest; readonly size: number } {
    return { digest: `sha256:${this.#hash.digest('hex')}`, size: this.#size };
  }
}
