import { type EditedImage, type LayerFile, loadEditing } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { LayerInput } from './input.ts';

/** Puts layers from files on an image for as long as `use` works with it; those for Windows get its form. @throws DISK_*, CODEC_*, OCI_EDIT_REFUSED */
export async function withLayers<T>(
  image: EditedImage,
  layers: readonly LayerInput[],
  context: AppContext,
  use: (image: EditedImage) => Promise<T>,
): Promise<T> {
  const { appendLayers } = await loadEditing();
  const opened: LayerFile[] = [];
  try {
    for (const layer of layers) opened.push(await readLayer(layer, image, context));
    const additions = opened.map((layer) => ({ history: {}, layer }));
    return await use(appendLayers(image, additions));
  } finally {
    for (const file of opened) file.close();
  }
}

async function readLayer(layer: LayerInput, image: EditedImage, { signal }: AppContext): Promise<LayerFile> {
  const { gzipLayerType, readLayerFile, readLayerStream, toWindowsLayer } = await loadEditing();
  const { mediaType, config } = image;
  const options = { gzipType: gzipLayerType(mediaType), ...(signal !== undefined && { signal }) };
  const read = layer.kind === 'file' ? readLayerFile(layer.path, options) : readLayerStream(layer.stream, options);
  return config.os === 'windows' ? toWindowsLayer(await read, signal) : read;
}
