import type { Digest, OperatingSystem } from '../../core/index.ts';
import { type Json, objectOf, objectsOf, textOf, textsOf } from '../../kit/json-value.ts';
import type { ImageFacts } from '../report.ts';
import { amountOf, digestOf, layerOf, present } from './saved-values.ts';

export function readOperatingSystem(
  value: unknown,
  repositoryRelease: string | undefined,
): OperatingSystem | undefined {
  const { Family: family, Name: name, EOSL: endOfLife } = objectOf(value);
  if (textOf(family) === undefined && textOf(name) === undefined) return undefined;
  return {
    family: textOf(family) ?? '',
    name: textOf(name) ?? '',
    ...present({ repositoryRelease }),
    ...(endOfLife === true && { endOfLife }),
  };
}

/** Undefined where the report does not say which image it was. */
export function readImage(metadata: Json, manifestDigest: Digest | undefined): ImageFacts | undefined {
  const id = digestOf(metadata['ImageID']);
  if (id === undefined) return undefined;
  return {
    id,
    ...present({ manifestDigest, reference: textOf(metadata['Reference']) }),
    size: amountOf(metadata['Size']) ?? 0,
    repoTags: textsOf(metadata['RepoTags']),
    repoDigests: textsOf(metadata['RepoDigests']),
    config: objectOf(metadata['ImageConfig']),
    layers: layersOf(metadata),
  };
}

/** Older reports know the unpacked digests only. */
function layersOf({ Layers: layers, DiffIDs: diffIds }: Json): ImageFacts['layers'] {
  const known = objectsOf(layers).map((layer) => ({ ...layerOf(layer), size: amountOf(layer['Size']) ?? 0 }));
  if (known.length > 0) return known;
  return textsOf(diffIds).map((diffId) => ({ ...layerOf({ DiffID: diffId }), size: 0 }));
}
