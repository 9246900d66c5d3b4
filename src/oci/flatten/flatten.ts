import { decompress } from '../../codecs/compression/index.ts';
import {
  type RawEntry,
  rewriteHead,
  type TarEntry,
  type TarSink,
  TarWalker,
  tarEnd,
  tarPadding,
} from '../../codecs/tar/index.ts';
import { ociError } from '../errors.ts';
import type { StoredImage } from '../stored/choose.ts';
import { cleanPath, isEscapingLink, isUnsafePath } from './paths.ts';
import { Visibility } from './visibility.ts';

/** Sparse files are written with their holes filled, at once. */
const maxSparse = 4 * 2 ** 30;

/**
 * The file system of an image as one tar, byte for byte as crane writes it: layers from the top one down, whiteouts applied,
 * each path once. @throws OCI_PATH_UNSAFE, OCI_DIGEST_MISMATCH, CODEC_*
 */
export async function* flattenImage(
  { source, parsed }: StoredImage,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const visibility = new Visibility();
  for (const layer of parsed.layers.toReversed()) {
    const flattening = new LayerFlattening(visibility);
    for await (const chunk of decompress(source.stream(layer, signal))) {
      flattening.push(chunk);
      yield* flattening.take();
    }
    flattening.finish();
    yield* flattening.take();
    visibility.endLayer();
  }
  yield tarEnd;
}

/** Picks what is seen out of one layer. */
class LayerFlattening {
  readonly #visibility: Visibility;
  readonly #walker: TarWalker;
  /** Pieces of the chunk that was pushed last. */
  #pieces: Buffer[] = [];

  constructor(visibility: Visibility) {
    this.#visibility = visibility;
    this.#walker = new TarWalker((entry, raw) => this.#visit(entry, raw));
  }

  push(chunk: Buffer): void {
    this.#walker.push(chunk);
  }

  finish(): void {
    this.#walker.finish();
  }

  /** What came of it; to be used before the next chunk is pushed. */
  take(): readonly Buffer[] {
    const pieces = this.#pieces;
    this.#pieces = [];
    return pieces;
  }

  #visit(entry: TarEntry, raw: RawEntry): TarSink | undefined {
    const name = cleanPath(entry.path);
    if (isUnsafePath(name)) throw ociError('OCI_PATH_UNSAFE', { data: { path: entry.path.slice(0, 300) } });
    const isLink = entry.type === 'symlink' || entry.type === 'hardlink';
    if (isLink && isEscapingLink(name, entry.linkPath)) return undefined;
    if (!this.#visibility.show(name, entry.type === 'directory')) return undefined;
    assertSparseSize(entry, raw);
    this.#pieces.push(rewriteHead(entry, raw, name));
    if (entry.type !== 'file') return undefined;
    return {
      write: (chunk) => void this.#pieces.push(chunk),
      end: () => void this.#pieces.push(tarPadding(entry.size)),
    };
  }
}

function assertSparseSize({ path, size }: TarEntry, { block, pax }: RawEntry): void {
  const isSparse = block[156] === 'S'.charCodeAt(0) || pax.some(([key]) => key.startsWith('GNU.sparse.'));
  if (!isSparse || size <= maxSparse) return;
  throw ociError('OCI_SPARSE_TOO_LARGE', { data: { path: path.slice(0, 300), size, limit: maxSparse } });
}
