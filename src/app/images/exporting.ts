import { loadMoving, type StoredImage } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { ExportInput } from './input.ts';
import { openOneImage } from './reading.ts';

/** A single layer that is no layer of files is given as it is, unpacked. */
export async function* fileSystemOf(input: ExportInput, context: AppContext): AsyncGenerator<Uint8Array> {
  const { flattenImage, isFileLayer, unpackedLayer } = await loadMoving();
  const { signal } = context;
  const { image, close } = await open(input, context);
  try {
    const [only, ...others] = image.parsed.layers;
    const isPlain = only !== undefined && others.length === 0 && !isFileLayer(only.mediaType);
    yield* isPlain ? unpackedLayer(image.source, only, signal) : flattenImage(image, signal);
  } finally {
    close();
  }
}

async function open(
  input: ExportInput,
  context: AppContext,
): Promise<{ readonly image: StoredImage; readonly close: () => void }> {
  if (input.kind === 'reference') return { image: await openOneImage(input, context), close: () => undefined };
  const { openArchiveStream } = await loadMoving();
  const { content, close } = await openArchiveStream(input.stream, 'the standard input');
  return { image: content, close };
}
