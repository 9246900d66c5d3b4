import { tarEnd } from '../../codecs/tar/index.ts';
import { digestHex } from '../../core/index.ts';
import { toGoJson } from '../go-json/text.ts';
import { maxConfigSize } from '../image.ts';
import type { StoredImage } from '../stored/choose.ts';
import { archiveFile } from './entry.ts';
import { layerSourcesOf } from './layer-sources.ts';

/** An image and the name it is listed under. */
export interface NamedImage {
  readonly image: StoredImage;
  /** With its tag, for example `ghcr.io/org/app:1.2`. */
  readonly tag: string;
}

/** How manifest.json has it. */
interface ListedImage {
  readonly Config: string;
  readonly RepoTags: readonly [string];
  readonly Layers: readonly string[];
  readonly LayerSources?: Readonly<Record<string, unknown>>;
}

/**
 * The docker archive that crane writes, byte for byte: configurations and layers as they are stored, and manifest.json
 * at the end. A layer that several images have is written once.
 */
export async function* dockerArchive(
  images: readonly NamedImage[],
  signal: AbortSignal | undefined,
): AsyncGenerator<Uint8Array, void, undefined> {
  const listed: ListedImage[] = [];
  const written = new Set<string>();
  for (const { image, tag } of images) {
    const { source, parsed } = image;
    const config = await source.read(parsed.config, maxConfigSize, signal);
    yield* archiveFile(parsed.config.digest, config.length, [config]);
    for (const layer of parsed.layers) {
      if (written.has(layer.digest)) continue;
      written.add(layer.digest);
      yield* archiveFile(layerName(layer), layer.size, source.stream(layer, signal));
    }
    const sources = await layerSourcesOf(image, signal);
    listed.push({
      Config: parsed.config.digest,
      RepoTags: [tag],
      Layers: parsed.layers.map(layerName),
      ...(sources !== undefined && { LayerSources: sources }),
    });
  }
  const manifest = Buffer.from(toGoJson(listed.sort(byTag)));
  yield* archiveFile('manifest.json', manifest.length, [manifest]);
  yield tarEnd;
}

const endings: Readonly<Record<string, string>> = {
  'application/vnd.oci.image.layer.v1.tar+zstd': '.tar.zst',
  'application/vnd.oci.image.layer.v1.tar': '.tar',
  'application/vnd.oci.image.layer.nondistributable.v1.tar': '.tar',
  'application/vnd.docker.image.rootfs.diff.tar': '.tar',
};

/** Digests without their algorithm, as old tar takes what stands before a colon for a host. */
function layerName({ digest, mediaType }: StoredImage['parsed']['layers'][number]): string {
  return `${digestHex(digest)}${endings[mediaType] ?? '.tar.gz'}`;
}

function byTag({ RepoTags: [a] }: ListedImage, { RepoTags: [b] }: ListedImage): number {
  return Buffer.compare(Buffer.from(a), Buffer.from(b));
}
