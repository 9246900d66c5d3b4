import type { SigstoreBundle } from '../src/envelope/index.ts';
import type { BuiltImage } from './image.ts';
import type { TestRegistry } from './registry.ts';
import { bundleManifest, legacyManifest, legacyTag } from './sigstore/attach.ts';
import type { TestLegacyLayer } from './sigstore/legacy.ts';

export interface Evidence {
  readonly bundles?: readonly (SigstoreBundle | Buffer)[];
  readonly layers?: readonly TestLegacyLayer[];
}

/** Puts an image with its evidence into a registry, in both layouts of cosign. */
export async function putSigned(
  registry: TestRegistry,
  [repository, tag]: readonly [string, string],
  image: BuiltImage,
  { bundles = [], layers = [] }: Evidence = {},
): Promise<void> {
  await registry.put(repository, tag, image);
  for (const bundle of bundles) {
    const { manifest, blobs } = bundleManifest(image.manifest, bundle);
    await registry.putManifest(repository, manifest.digest, manifest, blobs);
  }
  for (const suffix of ['sig', 'att'] as const) {
    const own = layers.filter(({ mediaType }) => mediaType.includes('dsse') === (suffix === 'att'));
    const { manifest, blobs } = legacyManifest(own);
    if (own.length > 0) await registry.putManifest(repository, legacyTag(image.manifest, suffix), manifest, blobs);
  }
}
