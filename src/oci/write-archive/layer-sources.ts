import { isForeign } from '../copy/foreign.ts';
import { orderDescriptor } from '../go-json/descriptor.ts';
import { maxConfigSize, parseImageConfig } from '../image.ts';
import { parseObject } from '../manifest.ts';
import type { StoredImage } from '../stored/choose.ts';

/**
 * Descriptors of layers that their owner keeps elsewhere, by the digests of their unpacked bytes; undefined when there
 * are none (moby image/spec/v1.2, "LayerSources").
 */
export async function layerSourcesOf(
  { source, manifest, parsed }: StoredImage,
  signal: AbortSignal | undefined,
): Promise<Record<string, unknown> | undefined> {
  if (!parsed.layers.some(({ mediaType }) => isForeign(mediaType))) return undefined;
  const { diffIds } = parseImageConfig(await source.read(parsed.config, maxConfigSize, signal), parsed.config.digest);
  const written = parseObject(manifest.bytes)?.['layers'] as readonly unknown[];
  const pairs = parsed.layers.flatMap(({ mediaType, digest }, index) =>
    isForeign(mediaType) ? [[diffIds[index] ?? digest, orderDescriptor(written[index])] as const] : [],
  );
  return Object.fromEntries(pairs.sort(([a], [b]) => (a < b ? -1 : 1)));
}
