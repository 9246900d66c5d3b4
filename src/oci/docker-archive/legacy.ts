import type { TarFile } from '../archive/tar-file.ts';
import { ociError } from '../errors.ts';
import { maxConfigSize } from '../image.ts';
import { isObject, maxManifestSize, parseObject } from '../manifest.ts';

/** An image as Docker saved it before 1.10: a chain of layer directories, each with a `json` that names its parent. */
export interface LegacyImage {
  readonly repoTags: readonly string[];
  /** Names of the layer archives, lowest first. */
  readonly layers: readonly string[];
  /** The document of the top layer, which describes the image. */
  readonly document: Readonly<Record<string, unknown>>;
}

const maxLayers = 1000;

/** Reads `repositories` and the chains it names (moby image/spec/v1, "Combined Image JSON"). @throws OCI_ARCHIVE_INVALID */
export function readLegacyImages(tar: TarFile): readonly LegacyImage[] {
  const repositories = parseObject(tar.find('repositories')?.bytes(maxManifestSize) ?? new Uint8Array()) ?? {};
  const tags = new Map<string, string[]>();
  for (const [repository, byTag] of Object.entries(repositories)) {
    for (const [tag, id] of Object.entries(isObject(byTag) ? byTag : {})) {
      if (typeof id === 'string') tags.set(id, [...(tags.get(id) ?? []), `${repository}:${tag}`]);
    }
  }
  return [...tags].map(([id, repoTags]) => readChain(tar, id, repoTags));
}

function readChain(tar: TarFile, top: string, repoTags: readonly string[]): LegacyImage {
  const layers: string[] = [];
  const seen = new Set<string>();
  let document: Record<string, unknown> | undefined;
  for (let id: unknown = top; typeof id === 'string' && id !== ''; ) {
    const json = parseObject(tar.find(`${id}/json`)?.bytes(maxConfigSize) ?? new Uint8Array());
    if (json === undefined || seen.has(id) || seen.size > maxLayers) {
      const reason = `the chain of layers of ${repoTags[0]} breaks at ${id.slice(0, 80)}`;
      throw ociError('OCI_ARCHIVE_INVALID', { data: { path: tar.path, reason } });
    }
    seen.add(id);
    layers.unshift(`${id}/layer.tar`);
    document ??= json;
    id = json['parent'];
  }
  return { repoTags, layers, document: document ?? {} };
}
