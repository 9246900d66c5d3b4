import { join } from 'node:path';
import { makeFileCache } from '../disk/index.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import { composeInventory, inventoryLayers, type LayerResult } from '../inventory/index.ts';
import type { Image } from '../oci/index.ts';
import type { Report } from '../reports/index.ts';
import { type ImageTarget, openImage } from '../targets/index.ts';
import { artifactIdOf } from './artifact-id.ts';
import { assessTarget, catalogersFor } from './assess-target.ts';
import type { AppContext } from './context.ts';
import { planScan, type ScanOptions, type ScanPlan } from './scan-options.ts';

export interface ScanImageInput extends ScanOptions {
  readonly image: ImageTarget;
}

const cacheMaxEntry = 256 * 2 ** 20;

/** Scans a container image for vulnerable packages. @throws OCI_*, DISK_*, NET_*, ADVISORIES_* */
export async function scanImage(input: ScanImageInput, context: AppContext): Promise<Report> {
  const plan = await planScan(input);
  const image = await openImage(input.image, context);
  try {
    return await scanOpenedImage(image, plan, context);
  } finally {
    await image.close();
  }
}

/** As `scanImage`, of an image that the caller opened and closes. */
export async function scanOpenedImage(image: Image, plan: ScanPlan, context: AppContext): Promise<Report> {
  const layers = await readLayers(image, plan, context);
  return assessTarget(
    {
      inventory: composeInventory(layers, ecosystems.all),
      artifact: { name: image.name, type: 'container_image', id: artifactIdOf(image) },
      image: toImageFacts(image, layers),
    },
    plan,
    context,
  );
}

async function readLayers(image: Image, plan: ScanPlan, context: AppContext): Promise<LayerResult[]> {
  const cache = makeFileCache({
    directory: join(context.cacheDir, 'plimsoll', 'layers'),
    maxSize: plan.layerCacheSize,
    maxEntry: cacheMaxEntry,
  });
  return inventoryLayers(
    image.layers,
    { ...plan, catalogers: catalogersFor('installed') },
    { ...context, ...(plan.layerCacheSize > 0 && { cache }) },
  );
}

function toImageFacts(image: Image, layers: readonly LayerResult[]): NonNullable<Report['image']> {
  return {
    id: image.id,
    ...(image.manifestDigest !== undefined && { manifestDigest: image.manifestDigest }),
    size: layers.reduce((sum, { size }) => sum + size, 0),
    repoTags: image.repoTags,
    repoDigests: image.repoDigests,
    ...(image.reference !== undefined && { reference: image.reference }),
    config: image.config.document,
    layers: layers.map(({ ref, size }) => ({ ...ref, size })),
  };
}
