import type { Digest } from '../core/index.ts';
import type { Descriptor, RemoteRepository } from '../oci/index.ts';
import { type AttachOptions, digestOf, ociManifestType, pushBytes } from './push.ts';

/** A bundle that is to lie beside an image. */
export interface BundleAttachment {
  /** The image, as its manifest is described. */
  readonly subject: Pick<Descriptor, 'mediaType' | 'digest' | 'size'>;
  readonly json: Uint8Array;
  /** The type of the statement inside. */
  readonly predicateType: string;
  readonly created: Date;
}

const bundleType = 'application/vnd.dev.sigstore.bundle.v0.3+json';
const emptyType = 'application/vnd.oci.empty.v1+json';

/** Puts a bundle beside an image as cosign 3 does: a manifest that refers to it. Resolves to its digest. @throws OCI_*, NET_* */
export async function attachBundle(
  repository: RemoteRepository,
  { subject, json, predicateType, created }: BundleAttachment,
  options: AttachOptions = {},
): Promise<Digest> {
  const [config, layer] = await Promise.all([
    pushBytes(repository, Buffer.from('{}'), emptyType, options),
    pushBytes(repository, json, bundleType, options),
  ]);
  const { mediaType, digest, size } = subject;
  const manifest = {
    schemaVersion: 2,
    mediaType: ociManifestType,
    config: { ...config, artifactType: bundleType },
    layers: [layer],
    annotations: {
      'dev.sigstore.bundle.content': 'dsse-envelope',
      'dev.sigstore.bundle.predicateType': predicateType,
      'org.opencontainers.image.created': `${created.toISOString().slice(0, 19)}Z`,
    },
    subject: { mediaType, size, digest },
    artifactType: bundleType,
  };
  const bytes = Buffer.from(JSON.stringify(manifest));
  const upload = { reference: digestOf(bytes), bytes, mediaType: ociManifestType };
  return repository.pushManifest(upload, options.signal);
}
