import { decompress } from '../../codecs/compression/index.ts';
import type { Descriptor } from '../manifest.ts';
import type { ContentSource } from '../stored/content.ts';

/** True for layers of files, as images have them; artifacts have layers of any kind. */
export function isFileLayer(mediaType: string): boolean {
  return /^application\/vnd\.(?:oci\.image\.layer\.|docker\.image\.rootfs\.)/.test(mediaType);
}

/** The bytes of a layer, unpacked and checked. @throws OCI_DIGEST_MISMATCH, CODEC_* */
export function unpackedLayer(
  source: ContentSource,
  layer: Descriptor,
  signal: AbortSignal | undefined,
): AsyncIterable<Buffer> {
  return decompress(source.stream(layer, signal));
}
