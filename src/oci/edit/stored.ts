import { ociError } from '../errors.ts';
import { type Descriptor, type Manifest, parseManifest } from '../manifest.ts';
import type { StoredImage } from '../stored/choose.ts';
import type { ContentSource } from '../stored/content.ts';
import { verified } from '../verified.ts';
import { asBuffers } from './buffers.ts';
import type { SealedImage } from './edited.ts';

/** An edited image as if it were stored somewhere: for all that reads images. */
export function asStored(image: SealedImage): StoredImage {
  const { mediaType, digest, manifestBytes: bytes } = image;
  const parsed = parseManifest(bytes, digest) as Manifest;
  return { source: sourceOf(image), manifest: { mediaType, digest, bytes }, parsed };
}

function sourceOf({ configBytes, manifest, sources }: SealedImage): ContentSource {
  const isConfig = ({ digest }: Descriptor): boolean => digest === manifest.config.digest;
  return {
    name: 'the edited image',
    manifest: async (entry) => missing(entry),
    read: async (blob) => (isConfig(blob) ? configBytes : missing(blob)),
    stream: (blob, signal) => {
      if (isConfig(blob)) return once(configBytes);
      const layer = sources.get(blob.digest) ?? missing(blob);
      return verified(asBuffers(layer.open(signal)), blob.digest, blob.size);
    },
  };
}

function missing({ digest }: Descriptor): never {
  throw ociError('OCI_BLOB_MISSING', { data: { digest } });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Buffer, void, undefined> {
  yield Buffer.from(bytes);
}
