import type { Digest } from '../../core/index.ts';
import type { DescriptorDocument, HistoryDocument } from './documents.ts';
import { type EditedImage, isImageConfig, type LayerSource } from './edited.ts';

/** A layer to be put on top of an image, or a step that left none. */
export interface Addition {
  readonly history: HistoryDocument;
  readonly layer?: AddedLayer;
}

export interface AddedLayer {
  readonly descriptor: DescriptorDocument;
  /** Digest of the unpacked bytes. */
  readonly diffId: Digest;
  readonly source: LayerSource;
}

/** Puts layers on top of an image; the configuration of an artifact has no list of them and stays as it is. */
export function appendLayers(image: EditedImage, additions: readonly Addition[]): EditedImage {
  const layers = additions.flatMap(({ layer }) => (layer === undefined ? [] : [layer]));
  const { manifest, config, sources } = image;
  const rootfs = { ...config.rootfs, ...withDiffIds(config.rootfs?.diff_ids, layers) };
  const history = [...(config.history ?? []), ...additions.map((addition) => addition.history)];
  return {
    ...image,
    manifest: { ...manifest, layers: [...(manifest.layers ?? []), ...layers.map(({ descriptor }) => descriptor)] },
    config: isImageConfig(manifest.config.mediaType) ? { ...config, rootfs, history } : config,
    sources: new Map([...sources, ...layers.map(({ source }) => [source.digest, source] as const)]),
  };
}

/** A list that was never there stays absent until it has an item. */
function withDiffIds(list: readonly string[] | undefined, layers: readonly AddedLayer[]): { diff_ids?: string[] } {
  if (list === undefined && layers.length === 0) return {};
  return { diff_ids: [...(list ?? []), ...layers.map(({ diffId }) => diffId)] };
}
