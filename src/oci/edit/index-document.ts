import { type Descriptor, mediaTypes } from '../manifest.ts';
import type { StoredManifest } from '../stored/content.ts';
import {
  type ConfigDocument,
  type DescriptorDocument,
  type IndexDocument,
  type PlatformDocument,
  readIndexDocument,
  readManifestDocument,
  writeIndexDocument,
} from './documents.ts';
import { digestOf } from './edited.ts';
import type { PlatformChange } from './mutate.ts';

/** An index under change. */
export interface EditedIndex {
  /** What it is sent as. */
  readonly mediaType: string;
  readonly document: IndexDocument;
}

/** An index without entries, of OCI's media type or Docker's. */
export function emptyIndex(kind: 'docker' | 'oci'): EditedIndex {
  const mediaType = kind === 'oci' ? mediaTypes.ociIndex : mediaTypes.dockerList;
  return { mediaType, document: { schemaVersion: 2, mediaType, manifests: [] } };
}

/** @throws OCI_MANIFEST_INVALID */
export function openIndexForEdit({ bytes, digest, mediaType }: StoredManifest): EditedIndex {
  return { mediaType, document: readIndexDocument(bytes, digest) };
}

/** Puts entries behind those that are there. */
export function appendEntries(index: EditedIndex, entries: readonly DescriptorDocument[]): EditedIndex {
  if (entries.length === 0) return index;
  const { document } = index;
  return { ...index, document: { ...document, manifests: [...(document.manifests ?? []), ...entries] } };
}

/** Keeps the entries for any of these platforms; parts of a platform that are empty stand for any. */
export function keepPlatforms(index: EditedIndex, platforms: readonly PlatformChange[]): EditedIndex {
  const { manifests = [], ...document } = index.document;
  const kept = manifests.filter(({ platform }) => platforms.some((wanted) => satisfies(platform, wanted)));
  // What crane writes then is null, not an empty list.
  return { ...index, document: kept.length === 0 ? document : { ...document, manifests: kept } };
}

function satisfies(platform: PlatformDocument | undefined, wanted: PlatformChange): boolean {
  if (platform === undefined) return false;
  const pairs = [
    [wanted.os, platform.os],
    [wanted.architecture, platform.architecture],
    [wanted.variant, platform.variant],
    [wanted.osVersion, platform['os.version']],
  ] as const;
  return pairs.every(([want, have = '']) => want === '' || want === have);
}

/** The bytes of an index, which its digest is made of. */
export function sealIndex({ mediaType, document }: EditedIndex): StoredManifest {
  const bytes = writeIndexDocument(document);
  return { mediaType, bytes, digest: digestOf(bytes) };
}

/** The platform that the configuration of an image states, if any. */
export function platformOfConfig(config: ConfigDocument): PlatformDocument | undefined {
  const { os = '', architecture = '', variant = '' } = config;
  const version = config['os.version'] ?? '';
  const features = config['os.features'] ?? [];
  if ([os, architecture, variant, version].every((part) => part === '') && features.length === 0) return undefined;
  return { os, architecture, variant, 'os.version': version, 'os.features': features };
}

/** An image's entry with the type of its artifact, which crane states even where it is only that of the configuration. */
export function withArtifactType(entry: DescriptorDocument, { bytes, digest }: StoredManifest): DescriptorDocument {
  const { artifactType, config } = readManifestDocument(bytes, digest);
  const type = entry.artifactType || artifactType || config.mediaType;
  return type === undefined ? entry : { ...entry, artifactType: type };
}

/** The entries of an index as documents, in its order. @throws OCI_MANIFEST_INVALID */
export function entriesOf(index: EditedIndex): readonly DescriptorDocument[] {
  return index.document.manifests ?? [];
}

/** What an entry names, for reading it. */
export function toDescriptor({ mediaType = '', digest, size }: DescriptorDocument): Descriptor {
  return { mediaType, digest, size };
}

/** `os/architecture[/variant][:version]` as crane prints it; empty without an os. */
export function formatEntryPlatform(platform: PlatformDocument): string {
  const { os = '', architecture = '', variant = '' } = platform;
  const version = platform['os.version'] ?? '';
  if (os === '') return '';
  return [os, architecture, variant].filter((part) => part !== '').join('/') + (version === '' ? '' : `:${version}`);
}
