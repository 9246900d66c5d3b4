import { ociError } from '../errors.ts';
import { isObject } from '../manifest.ts';

/** One image as `docker save` lists it in manifest.json: names of files in the archive. */
export interface ArchivedImage {
  readonly config: string;
  readonly repoTags: readonly string[];
  readonly layers: readonly string[];
  /** Descriptors by the digests of the unpacked bytes, for layers that lie elsewhere too. */
  readonly layerSources?: Readonly<Record<string, unknown>>;
}

const maxImages = 10_000;

/** Reads manifest.json of a docker archive (moby image/spec/v1.2, "Combined Image JSON + Filesystem Changeset Format"). @throws OCI_ARCHIVE_INVALID */
export function parseArchiveManifest(bytes: Uint8Array, path: string): readonly ArchivedImage[] {
  const fail = (reason: string): never => {
    throw ociError('OCI_ARCHIVE_INVALID', { data: { path, reason: `manifest.json ${reason}` } });
  };
  const list = parseList(bytes) ?? fail('is not a JSON list');
  if (list.length === 0 || list.length > maxImages) fail('lists no image, or too many');
  return list.map((value) => {
    if (!isObject(value)) return fail('lists what is not an object');
    const { Config: config, RepoTags: repoTags, Layers: layers, LayerSources: layerSources } = value;
    if (typeof config !== 'string' || !isTextList(layers)) return fail('lists an image without Config or Layers');
    const tags = isTextList(repoTags) ? repoTags : [];
    return { config, layers, repoTags: tags, ...(isObject(layerSources) && { layerSources }) };
  });
}

function parseList(bytes: Uint8Array): readonly unknown[] | undefined {
  try {
    const json: unknown = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
    return Array.isArray(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

function isTextList(value: unknown): value is string[] {
  return Array.isArray(value) && value.length <= maxImages && value.every((item) => typeof item === 'string');
}
