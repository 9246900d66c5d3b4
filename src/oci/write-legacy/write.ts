import { createHash } from 'node:crypto';
import { decompress } from '../../codecs/compression/index.ts';
import { tarEnd } from '../../codecs/tar/index.ts';
import { digestHex } from '../../core/index.ts';
import { spoolStream } from '../../disk/index.ts';
import { ociError } from '../errors.ts';
import { toGoJson } from '../go-json/text.ts';
import { maxConfigSize, parseImageConfig } from '../image.ts';
import type { Descriptor } from '../manifest.ts';
import type { StoredImage } from '../stored/choose.ts';
import { archiveFile } from '../write-archive/entry.ts';
import { layerSourcesOf } from '../write-archive/layer-sources.ts';
import { layerHistory, toLayerDocument } from './config.ts';

/** An image and the name it is listed under; an image that was named by its digest is listed under none. */
export interface LegacyImageEntry {
  readonly image: StoredImage;
  readonly tag?: string;
}

const maxUnpacked = 256 * 2 ** 30;

/**
 * The archive that docker wrote before 1.10, as crane writes it, byte for byte: a directory for each layer with the
 * unpacked bytes and a document that names its parent, and both lists of images (moby image/spec/v1).
 */
export async function* legacyArchive(
  images: readonly LegacyImageEntry[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const listed: Record<string, unknown>[] = [];
  const repositories: Record<string, Record<string, string>> = {};
  const written = new Set<string>();
  for (const { image, tag } of [...images].sort(byConfig)) {
    const config = await image.source.read(image.parsed.config, maxConfigSize, signal);
    const name = `${digestHex(image.parsed.config.digest)}.json`;
    yield* archiveFile(name, config.length, [config]);
    const layers = toLegacyLayers(image, config);
    for (const layer of layers) {
      if (written.has(layer.id)) continue;
      written.add(layer.id);
      yield* layerFiles(layer, image, signal);
    }
    const sources = await layerSourcesOf(image, signal);
    listed.push({
      Config: name,
      RepoTags: tag === undefined ? null : [tag],
      Layers: layers.map(({ id }) => `${id}/layer.tar`),
      ...(sources !== undefined && { LayerSources: sources }),
    });
    if (tag !== undefined) addTag(repositories, tag, layers.at(-1)?.id ?? '');
  }
  yield* jsonFile('manifest.json', listed);
  yield* jsonFile('repositories', sorted(repositories));
  yield tarEnd;
}

interface LegacyLayer {
  readonly id: string;
  readonly descriptor: Descriptor;
  readonly document: Readonly<Record<string, unknown>>;
}

/** Each layer's id is made of its digest and its parent's id; that of the top one of the configuration too. */
function toLegacyLayers({ parsed }: StoredImage, config: Uint8Array): LegacyLayer[] {
  const { document } = parseImageConfig(config, parsed.config.digest);
  const { layers } = parsed;
  const known = layerHistory(document);
  const history = known.length === 0 ? layers.map(() => ({})) : known;
  if (history.length !== layers.length) {
    const reason = `it tells how ${history.length} layers were made, the manifest has ${layers.length}`;
    throw ociError('OCI_CONFIG_INVALID', { data: { digest: parsed.config.digest, reason } });
  }
  let parent = '';
  return layers.map((descriptor, index) => {
    const step: Readonly<Record<string, unknown>> = history[index] ?? {};
    const isTop = index === layers.length - 1;
    const id = legacyId([digestHex(descriptor.digest), parent, ...(isTop ? [config] : [])]);
    const made = { id, parent, created: step['created'], author: step['author'], comment: step['comment'] };
    const run = { container_config: { Cmd: [typeof step['created_by'] === 'string' ? step['created_by'] : ''] } };
    parent = id;
    return { id, descriptor, document: toLayerDocument({ ...made, ...run, ...(isTop && topOf(document)) }) };
  });
}

function topOf(document: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { architecture, container, docker_version, os, config, created } = document;
  return { architecture, container, docker_version, os, config, created };
}

function legacyId([first, ...rest]: readonly (string | Uint8Array)[]): string {
  const hash = createHash('sha256').update(first ?? '');
  for (const part of rest) hash.update(' ').update(part);
  return hash.digest('hex');
}

/** The unpacked size stands before the bytes, so that they wait in a temporary file. */
async function* layerFiles(
  { id, descriptor, document }: LegacyLayer,
  { source }: StoredImage,
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const unpacked = await spoolStream(decompress(source.stream(descriptor, signal)), maxUnpacked);
  try {
    const stream = unpacked.stream(signal === undefined ? {} : { signal });
    yield* archiveFile(`${id}/layer.tar`, unpacked.size, stream);
  } finally {
    unpacked.close();
  }
  yield* jsonFile(`${id}/json`, document);
  yield* archiveFile(`${id}/VERSION`, 3, [Buffer.from('1.0')]);
}

async function* jsonFile(name: string, value: unknown): AsyncGenerator<Uint8Array, void, undefined> {
  const bytes = Buffer.from(toGoJson(value));
  yield* archiveFile(name, bytes.length, [bytes]);
}

function addTag(repositories: Record<string, Record<string, string>>, name: string, id: string): void {
  const colon = name.lastIndexOf(':');
  const hasTag = colon > name.lastIndexOf('/');
  const repository = hasTag ? name.slice(0, colon) : name;
  repositories[repository] = { ...repositories[repository], [hasTag ? name.slice(colon + 1) : '']: id };
}

function sorted(repositories: Record<string, Record<string, string>>): Record<string, Record<string, string>> {
  const inOrder = <T>(map: Record<string, T>): [string, T][] =>
    Object.entries(map).sort(([a], [b]) => (a < b ? -1 : 1));
  return Object.fromEntries(inOrder(repositories).map(([name, tags]) => [name, Object.fromEntries(inOrder(tags))]));
}

function byConfig({ image: { parsed: a } }: LegacyImageEntry, { image: { parsed: b } }: LegacyImageEntry): number {
  return Buffer.compare(Buffer.from(a.config.digest), Buffer.from(b.config.digest));
}
