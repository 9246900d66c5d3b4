import { parseImageReference } from '../../core/index.ts';
import {
  type DescriptorDocument,
  loadEditing,
  loadMoving,
  type RemoteRepository,
  type SealedImage,
  type StoredContent,
} from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { openContent } from '../images/reading.ts';
import { wantedOf } from '../images/target.ts';
import { imageTypes, indexTypes } from './index-entries.ts';
import type { FlattenInput, StoredEdit } from './input.ts';

/** What is stored: a manifest with what it is sent as. */
interface Flat {
  readonly bytes: Uint8Array;
  readonly digest: SealedImage['digest'];
  readonly mediaType: string;
}

/** @throws CORE_REFERENCE_INVALID, OCI_*, NET_*, DISK_*, CODEC_* */
export async function flattenAll(input: FlattenInput, context: AppContext): Promise<StoredEdit> {
  const source = parseImageReference(input.image);
  const target = parseImageReference(input.target ?? input.image);
  const repository = (await context.registry()).repository(target);
  const flattening = new Flattening(repository, input, context);
  const { bytes, digest, mediaType } = await flattening.flatten(await openContent(input.image, context), input.image);
  const reference = source.digest === undefined ? wantedOf(target) : digest;
  await repository.pushManifest({ reference, bytes, mediaType }, context.signal);
  return { registry: target.registry, repository: target.repository, digest };
}

const maxNesting = 8;

/** Flattens images one after another; each is sent as soon as it is made, so that one temporary file is enough. */
class Flattening {
  readonly #repository: RemoteRepository;
  readonly #input: FlattenInput;
  readonly #context: AppContext;

  constructor(repository: RemoteRepository, input: FlattenInput, context: AppContext) {
    this.#repository = repository;
    this.#input = input;
    this.#context = context;
  }

  /** All but the manifest is sent. */
  async flatten(content: StoredContent, name: string, depth = 0): Promise<Flat> {
    const { mediaType } = content.manifest;
    if (indexTypes.includes(mediaType) && depth < maxNesting) return this.#flattenIndex(content, name, depth);
    if (imageTypes.includes(mediaType)) return this.#flattenImage(content, name);
    const { refuseEdit } = await loadEditing();
    throw refuseEdit(name, `it has the type ${mediaType}`, 'Only images and indexes of images can be flattened.');
  }

  async #flattenIndex(content: StoredContent, name: string, depth: number): Promise<Flat> {
    const { appendEntries, emptyIndex, entriesOf, openIndexForEdit, sealIndex } = await loadEditing();
    const index = openIndexForEdit(content.manifest);
    const entries: DescriptorDocument[] = [];
    for (const entry of entriesOf(index)) {
      // Evidence of a build speaks of images that are gone.
      if (isEvidence(entry)) continue;
      entries.push(await this.#flattenEntry(entry, content, name, depth + 1));
    }
    const { mediaType } = index;
    const { annotations } = index.document;
    const { document } = appendEntries(emptyIndex('oci'), entries);
    return sealIndex({
      mediaType,
      document: { ...document, mediaType, ...(annotations !== undefined && { annotations }) },
    });
  }

  async #flattenEntry(
    entry: DescriptorDocument,
    { source }: StoredContent,
    name: string,
    depth: number,
  ): Promise<DescriptorDocument> {
    const { toDescriptor, withArtifactType } = await loadEditing();
    const manifest = await source.manifest(toDescriptor(entry), this.#context.signal);
    const { bytes, digest, mediaType } = await this.flatten({ source, manifest }, `${name}@${entry.digest}`, depth);
    await this.#repository.pushManifest({ reference: digest, bytes, mediaType }, this.#context.signal);
    const typed = imageTypes.includes(mediaType) ? withArtifactType(entry, manifest) : entry;
    return { ...typed, digest, size: bytes.length };
  }

  async #flattenImage({ source, manifest }: StoredContent, name: string): Promise<Flat> {
    const { flatten, flattenedLevel, gzipLayerType, openForEdit, packLayer, pushBlobs, refuseEdit, seal } =
      await loadEditing();
    const { chooseImage, flattenImage } = await loadMoving();
    const { signal } = this.#context;
    const image = await openForEdit(source, manifest, signal);
    if (image.foreignConfig !== undefined) throw refuseEdit(name, 'it is no image', 'Name an image.');
    const plain = flattenImage(await chooseImage({ source, manifest }), signal);
    const layer = await packLayer(plain, { gzipType: gzipLayerType(image.mediaType), level: flattenedLevel });
    try {
      const { digest } = manifest;
      const sealed = seal(flatten(image, { layer, digest, created: await this.#now(), program: this.#input.program }));
      await pushBlobs(sealed, this.#repository, signal === undefined ? {} : { signal });
      return { bytes: sealed.manifestBytes, digest: sealed.digest, mediaType: sealed.mediaType };
    } finally {
      layer.close();
    }
  }

  async #now(): Promise<string> {
    const { normalizeTime } = await loadEditing();
    const { reportTime, clock } = this.#context;
    const text = (reportTime ?? clock.now()).toISOString();
    return normalizeTime(text) ?? text;
  }
}

function isEvidence({ platform }: DescriptorDocument): boolean {
  return platform?.os === 'unknown' && platform.architecture === 'unknown';
}
