import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { openTrivyDb } from '../advisories/index.ts';
import { assessInventory, type PackageType } from '../assess/index.ts';
import type { CatalogerDescriptor, Ecosystem, TreeKind } from '../core/index.ts';
import type { FindingFilter, Gate } from '../decide/index.ts';
import { makeFileCache } from '../disk/index.ts';
import { ecosystems } from '../ecosystems/registry.ts';
import { composeInventory, inventoryLayers, type LayerResult, resolveInventory } from '../inventory/index.ts';
import { strategies } from '../match/registry.ts';
import type { Image } from '../oci/index.ts';
import type { Report } from '../reports/index.ts';
import { type ImageTarget, openImage } from '../targets/index.ts';
import { versionSchemes } from '../versions/registry.ts';
import type { AppContext } from './context.ts';
import { makeReportId } from './report-id.ts';

export interface ScanImageInput {
  readonly target: ImageTarget;
  readonly packageTypes: readonly PackageType[];
  readonly skipFiles: readonly string[];
  readonly skipDirs: readonly string[];
  readonly maxFileSize: number;
  readonly parallel: number;
  readonly filter: FindingFilter;
  readonly gate: Gate;
}

const cacheMaxSize = 5 * 2 ** 30;
const cacheMaxEntry = 256 * 2 ** 20;

/** Scans an image for vulnerable packages. */
export async function scanImage(input: ScanImageInput, context: AppContext): Promise<Report> {
  const image = await openImage(input.target, context);
  try {
    const layers = await inventoryLayers(
      image.layers,
      { ...input, catalogers: catalogersFor('installed') },
      {
        ...context,
        cache: makeFileCache({
          directory: join(context.cacheDir, 'plimsoll', 'layers'),
          maxSize: cacheMaxSize,
          maxEntry: cacheMaxEntry,
        }),
      },
    );
    return await assessLayers(image, layers, input, context);
  } finally {
    await image.close();
  }
}

async function assessLayers(
  image: Image,
  layers: readonly LayerResult[],
  input: ScanImageInput,
  context: AppContext,
): Promise<Report> {
  const now = context.clock.now();
  const composed = composeInventory(layers, ecosystems.all);
  const inventory = await resolveInventory(composed, ecosystems.all, async () => ({ notes: [] }));
  const { store, close } = await openTrivyDb(context.cacheDir);
  try {
    const assessment = await assessInventory(
      { ...input, inventory, targetName: image.name, now, ecosystems: ecosystems.all },
      { store, ecosystems: ecosystems.all, schemes: versionSchemes, strategies },
    );
    const artifactId = artifactIdOf(image);
    return {
      reportId: makeReportId(now, artifactId),
      createdAt: now,
      artifact: { name: image.name, type: 'container_image', id: artifactId },
      image: toImageFacts(image, layers),
      ...assessment,
    };
  } finally {
    close();
  }
}

function toImageFacts(image: Image, layers: readonly LayerResult[]): NonNullable<Report['image']> {
  return {
    id: image.id,
    ...(image.manifestDigest !== undefined && { manifestDigest: image.manifestDigest }),
    size: layers.reduce((sum, { size }) => sum + size, 0),
    repoTags: image.repoTags,
    repoDigests: image.repoDigests,
    config: image.config.document,
    layers: layers.map(({ ref, size }) => ({ ...ref, size })),
  };
}

/** An image without a name is its id; the same image in two repositories is two artifacts. */
function artifactIdOf(image: Image): string {
  const repository = image.repoTags[0]?.replace(/:[^/]*$/, '');
  if (repository === undefined) return image.id;
  return `sha256:${createHash('sha256').update(`${image.id}:${repository}`).digest('hex')}`;
}

function catalogersFor(tree: TreeKind): CatalogerDescriptor[] {
  return ecosystems.all
    .flatMap((ecosystem: Ecosystem) => ecosystem.catalogers ?? [])
    .filter((cataloger) => cataloger.trees.includes(tree));
}
