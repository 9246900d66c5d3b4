import type { Digest } from '../core/index.ts';
import type { Descriptor, RemoteRepository } from '../oci/index.ts';
import { makeConfig } from './attach-legacy.ts';
import { type AttachOptions, digestOf, ociConfigType, ociManifestType, pushBytes } from './push.ts';
import { legacyTag } from './source.ts';

/** An SBOM that is to lie beside an image; nobody signs it there. */
export interface SbomAttachment {
  readonly image: Pick<Descriptor, 'mediaType' | 'digest' | 'size'>;
  readonly bytes: Uint8Array;
  readonly mediaType: string;
}

const sbomArtifactType = 'application/vnd.dev.cosign.artifact.sbom.v1+json';

/** Puts an SBOM under an image's tag of the older layout, in place of what was there. @throws OCI_*, NET_* */
export async function attachSbomTag(
  repository: RemoteRepository,
  attachment: SbomAttachment,
  options: AttachOptions,
): Promise<void> {
  const manifest = await pushManifest(repository, attachment, ociConfigType, options);
  const bytes = Buffer.from(JSON.stringify(manifest));
  const reference = legacyTag(attachment.image.digest, 'sbom');
  await repository.pushManifest({ reference, bytes, mediaType: ociManifestType }, options.signal);
}

/** Puts an SBOM into a manifest that refers to the image. Resolves to its digest. @throws OCI_*, NET_* */
export async function attachSbomReferrer(
  repository: RemoteRepository,
  attachment: SbomAttachment,
  options: AttachOptions,
): Promise<Digest> {
  const { mediaType, digest, size } = attachment.image;
  const manifest = await pushManifest(repository, attachment, sbomArtifactType, options);
  const bytes = Buffer.from(JSON.stringify({ ...manifest, subject: { mediaType, size, digest } }));
  return repository.pushManifest({ reference: digestOf(bytes), bytes, mediaType: ociManifestType }, options.signal);
}

async function pushManifest(
  repository: RemoteRepository,
  { bytes, mediaType }: SbomAttachment,
  config: string,
  options: AttachOptions,
): Promise<object> {
  const layer = await pushBytes(repository, bytes, mediaType, options);
  const described = await pushBytes(repository, makeConfig([layer], undefined), config, options);
  return { schemaVersion: 2, mediaType: ociManifestType, config: described, layers: [layer] };
}
