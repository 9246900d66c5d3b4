import { type Digest, formatImageReference, type ImageReference } from '../core/index.ts';
import type { RegistryClient } from '../oci/index.ts';
import { choosePlatform, type Descriptor, formatPlatform, type Platform, parseManifest } from '../oci/index.ts';

const maxConfigSize = 8 * 2 ** 20;

/** Asks registries what tags mean, each question once. */
export class Images {
  readonly #open: () => Promise<RegistryClient>;
  readonly #signal: AbortSignal | undefined;
  readonly #digests: Map<string, Promise<Digest>> = new Map();
  readonly #indexes: Map<string, Promise<readonly Descriptor[] | undefined>> = new Map();

  constructor(open: () => Promise<RegistryClient>, signal: AbortSignal | undefined) {
    this.#open = open;
    this.#signal = signal;
  }

  /**
   * The digest of a tag: that of the index where there is one, or of its manifest for a platform. Asked for once, unless `again`.
   * @throws OCI_*, NET_*
   */
  async digestOf(reference: ImageReference, platform: Platform | undefined, again = false): Promise<Digest> {
    const key = formatImageReference(reference);
    const digest = await (again
      ? this.#resolve(key, reference)
      : (this.#digests.get(key) ?? this.#resolve(key, reference)));
    if (platform === undefined) return digest;
    const named = { ...reference, digest };
    const manifests = (await this.#manifestsOf(named)) ?? (await this.#singleOf(named));
    return manifests.length === 0 ? digest : choosePlatform(manifests, platform).digest;
  }

  #resolve(key: string, reference: ImageReference): Promise<Digest> {
    const resolving = this.#open().then((client) => client.resolve(reference, this.#signal));
    this.#digests.set(key, resolving);
    return resolving;
  }

  /** The platforms of an index, sorted; undefined for a single image. @throws OCI_*, NET_* */
  async platformsOf(reference: ImageReference & { readonly digest: Digest }): Promise<readonly string[] | undefined> {
    const manifests = await this.#manifestsOf(reference);
    return manifests
      ?.map(({ platform }) => (platform === undefined ? '' : formatPlatform(platform)))
      .filter((platform) => platform !== '' && !platform.startsWith('unknown/'))
      .sort();
  }

  /** A single image with the platform that its configuration states; empty for what has none, as artifacts. */
  async #singleOf(reference: ImageReference & { readonly digest: Digest }): Promise<readonly Descriptor[]> {
    const { repository, manifest } = await (await this.#open()).open(reference, this.#signal);
    const parsed = parseManifest(manifest.bytes, manifest.digest);
    if (parsed.kind === 'index') return parsed.manifests;
    const platform = parsePlatformOf(await repository.readBlob(parsed.config, maxConfigSize, this.#signal));
    return platform === undefined ? [] : [{ ...parsed.config, digest: manifest.digest, platform }];
  }

  #manifestsOf(reference: ImageReference & { readonly digest: Digest }): Promise<readonly Descriptor[] | undefined> {
    const key = formatImageReference({ ...reference, tag: 'x' });
    const known = this.#indexes.get(key) ?? this.#readManifests(reference);
    this.#indexes.set(key, known);
    return known;
  }

  async #readManifests(reference: ImageReference): Promise<readonly Descriptor[] | undefined> {
    const { manifest } = await (await this.#open()).open(reference, this.#signal);
    const parsed = parseManifest(manifest.bytes, manifest.digest);
    return parsed.kind === 'index' ? parsed.manifests : undefined;
  }
}

/** What an image configuration says (image-spec config.md). */
function parsePlatformOf(config: Uint8Array): Platform | undefined {
  try {
    const { os, architecture, variant } = JSON.parse(new TextDecoder().decode(config)) as Record<string, unknown>;
    if (typeof os !== 'string' || typeof architecture !== 'string') return undefined;
    return { os, architecture, ...(typeof variant === 'string' && { variant }) };
  } catch {
    return undefined;
  }
}
