import { type EditedImage, type LayerFile, loadEditing } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { LayerInput } from './input.ts';

/** Puts layers from files on an image for as long as `use` works with it. @throws DISK_*, CODEC_*, OCI_EDIT_REFUSED */
export async function withLayers<T>(
  image: EditedImage,
  layers: readonly LayerInput[],
  context: AppContext,
  use: (image: EditedImage) => Promise<T>,
): Promise<T> {
  const { appendLayers, refuseEdit } = await loadEditing();
  if (layers.length > 0 && image.config.os === 'windows') {
    const reason = 'layers for Windows have a form of their own, which is not made';
    throw refuseEdit('the image', reason, 'Build the layer with a tool of Windows.');
  }
  const opened: LayerFile[] = [];
  try {
    for (const layer of layers) opened.push(await readLayer(layer, image, context));
    const additions = opened.map((layer) => ({ history: {}, layer }));
    return await use(appendLayers(image, additions));
  } finally {
    for (const file of opened) file.close();
  }
}

async function readLayer(layer: LayerInput, { mediaType }: EditedImage, { signal }: AppContext): Promise<LayerFile> {
  const { gzipLayerType, readLayerFile, readLayerStream } = await loadEditing();
  const options = { gzipType: gzipLayerType(mediaType), ...(signal !== undefined && { signal }) };
  return layer.kind === 'file' ? readLayerFile(layer.path, options) : readLayerStream(layer.stream, options);
}
