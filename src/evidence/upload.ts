import type { Digest } from '../core/index.ts';
import { type Descriptor, mediaTypes, type RemoteRepository, toGoJson } from '../oci/index.ts';
import { makeConfig } from './attach-legacy.ts';
import { type AttachOptions, digestOf, ociConfigType, ociManifestType, pushBytes } from './push.ts';

/** A file that is to be an image of one layer. */
export interface UploadFile {
  readonly bytes: Uint8Array;
  readonly mediaType: string;
  /** Of an index; the architecture may be left open. */
  readonly platform?: { readonly os: string; readonly architecture: string };
}

/** What lies in the registry then. */
export interface Uploaded {
  /** Of the image, or of the index where there are several files. */
  readonly digest: Digest;
  /** Of each file. */
  readonly blobs: readonly Digest[];
}

/** Puts files into a registry as cosign does: one as an image, several as an index of images. @throws OCI_*, NET_* */
export async function uploadFiles(
  repository: RemoteRepository,
  tag: string,
  { files, annotations }: { readonly files: readonly UploadFile[]; readonly annotations: Record<string, string> },
  options: AttachOptions,
): Promise<Uploaded> {
  const noted = sorted(annotations);
  const push = (bytes: Buffer, mediaType: string, reference: string): Promise<Digest> =>
    repository.pushManifest({ reference, bytes, mediaType }, options.signal);
  const entries: object[] = [];
  const blobs: Digest[] = [];
  for (const file of files) {
    const layer = await pushBytes(repository, file.bytes, file.mediaType, options);
    const config = await pushBytes(repository, makeConfig([layer], undefined), ociConfigType, options);
    const bytes = toBytes({ schemaVersion: 2, mediaType: ociManifestType, config, layers: [layer], ...noted });
    const digest = await push(bytes, ociManifestType, files.length === 1 ? tag : digestOf(bytes));
    blobs.push(layer.digest);
    if (files.length === 1) return { digest, blobs };
    entries.push(toEntry({ mediaType: ociManifestType, size: bytes.length, digest }, file));
  }
  const index = toBytes({ schemaVersion: 2, mediaType: mediaTypes.ociIndex, manifests: entries, ...noted });
  return { digest: await push(index, mediaTypes.ociIndex, tag), blobs };
}

function toEntry(descriptor: Descriptor, { platform }: UploadFile): object {
  const { os = '', architecture = '' } = platform ?? {};
  return { ...descriptor, platform: { architecture, os }, artifactType: ociConfigType };
}

/** In the order in which Go writes them; left out where there are none. */
function sorted(annotations: Readonly<Record<string, string>>): { readonly annotations?: object } {
  const entries = Object.entries(annotations).toSorted(([a], [b]) => (a < b ? -1 : 1));
  return entries.length === 0 ? {} : { annotations: Object.fromEntries(entries) };
}

function toBytes(document: object): Buffer {
  return Buffer.from(toGoJson(document));
}
