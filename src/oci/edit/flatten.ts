import type { Digest } from '../../core/index.ts';
import { type AddedLayer, appendLayers } from './append.ts';
import { type HistoryDocument, writeHistory } from './documents.ts';
import { dockerConfigType, type EditedImage, emptyImage, ociConfigType, ociManifestType } from './edited.ts';

/** gzip's tightest, which crane uses for a layer that holds all. */
export const flattenedLevel = 9;

export interface Flattening {
  /** All layers as one. */
  readonly layer: AddedLayer;
  /** Digest of the manifest of the image as it was. */
  readonly digest: Digest;
  /** A time of RFC 3339. */
  readonly created: string;
  /** The program that does it. */
  readonly program: string;
}

/** An image with one layer in place of all, which runs as it did; what the steps were stands in the comment of the one that is left. */
export function flatten(image: EditedImage, { layer, digest, created, program }: Flattening): EditedImage {
  const { mediaType, config, manifest } = image;
  const start = emptyImage('docker');
  const bare: EditedImage = {
    ...start,
    mediaType,
    manifest: {
      ...start.manifest,
      mediaType,
      config: { ...start.manifest.config, mediaType: configTypeOf(mediaType) },
      ...(manifest.annotations !== undefined && { annotations: manifest.annotations }),
    },
    config: { ...config, created, history: [], rootfs: { ...config.rootfs, diff_ids: [] } },
  };
  const history: HistoryDocument = {
    created,
    created_by: `${program} flatten ${digest}`,
    comment: writeHistory(config.history),
  };
  return appendLayers(bare, [{ history, layer }]);
}

/** A manifest and its configuration are of the same family. */
function configTypeOf(manifestType: string): string {
  return manifestType === ociManifestType ? ociConfigType : dockerConfigType;
}
