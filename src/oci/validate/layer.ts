import { createHash } from 'node:crypto';
import { decompress } from '../../codecs/compression/index.ts';
import { TarWalker } from '../../codecs/tar/index.ts';
import { type Digest, describeError } from '../../core/index.ts';
import type { Descriptor } from '../manifest.ts';
import type { ContentSource } from '../stored/content.ts';

/** What a layer's unpacked bytes are, or why that cannot be told. */
export type LayerFacts =
  | { readonly kind: 'read'; readonly diffId: Digest }
  | { readonly kind: 'failed'; readonly reason: string };

/** Reads a whole layer: its digest is checked on the way, and no path may come twice. */
export async function readLayer(
  layer: Descriptor,
  source: ContentSource,
  signal: AbortSignal | undefined,
): Promise<LayerFacts> {
  const hash = createHash('sha256');
  const paths = new Set<string>();
  let duplicate: string | undefined;
  const walker = new TarWalker(({ path }) => {
    if (paths.has(path)) duplicate ??= path;
    paths.add(path);
    return undefined;
  });
  try {
    for await (const chunk of decompress(source.stream(layer, signal))) {
      hash.update(chunk);
      walker.push(chunk);
    }
    walker.finish();
  } catch (error) {
    signal?.throwIfAborted();
    return { kind: 'failed', reason: describeError(error) };
  }
  if (duplicate !== undefined) return { kind: 'failed', reason: `duplicate file path: ${duplicate}` };
  return { kind: 'read', diffId: `sha256:${hash.digest('hex')}` };
}
