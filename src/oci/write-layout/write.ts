import { join } from 'node:path';
import { isAppError } from '../../core/index.ts';
import { makeDirectory, readWhole, writeOutput } from '../../disk/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import { planCopy } from '../copy/plan.ts';
import { ociError } from '../errors.ts';
import { orderDescriptor, orderIndex } from '../go-json/descriptor.ts';
import { toGoJson } from '../go-json/text.ts';
import { maxManifestSize, mediaTypes, parseManifest, parseObject } from '../manifest.ts';
import type { StoredContent } from '../stored/content.ts';
import { readableDirectory, readableFile, writeLayoutBlob, writeLayoutBytes } from './blobs.ts';

/** An image or index that a layout is to hold. */
export interface LayoutAddition {
  readonly content: StoredContent & { readonly entry?: unknown };
  readonly annotations?: Readonly<Record<string, string>>;
}

export interface WriteLayoutOptions {
  readonly jobs: number;
  readonly signal?: AbortSignal;
}

const layoutFile = '{\n    "imageLayoutVersion": "1.0.0"\n}';

/**
 * Adds images and indexes to the layout in a directory, which is made when it is not there, with the bytes that crane
 * writes (image-spec image-layout.md). They are listed once all that they name is there.
 * @throws DISK_UNWRITABLE, OCI_LAYOUT_INVALID, OCI_*
 */
export async function writeLayout(
  root: string,
  additions: readonly LayoutAddition[],
  options: WriteLayoutOptions,
): Promise<void> {
  const index = await readIndex(root);
  await makeDirectory(root, readableDirectory);
  await writeOutput(join(root, 'oci-layout'), layoutFile, readableFile);
  const listed: unknown[] = [];
  for (const addition of additions) {
    await writeContent(root, addition.content, options);
    listed.push(toEntry(addition));
  }
  const manifests = [...(Array.isArray(index['manifests']) ? index['manifests'] : []), ...listed];
  await writeOutput(join(root, 'index.json'), toGoJson(orderIndex({ ...index, manifests }), 3), readableFile);
}

async function writeContent(
  root: string,
  { source, manifest }: StoredContent,
  { jobs, signal }: WriteLayoutOptions,
): Promise<void> {
  const plan = await planCopy(manifest, {
    source,
    isThere: async () => false,
    ...(signal !== undefined && { signal }),
  });
  await mapPooled(plan.blobs, jobs, (blob) => writeLayoutBlob(root, blob, source, signal));
  for (const { digest, bytes } of [...plan.manifests, manifest]) await writeLayoutBytes(root, digest, bytes);
}

/** What an index said of it, or its manifest says of itself. */
function toEntry({ content, annotations }: LayoutAddition): Record<string, unknown> {
  const { manifest, entry } = content;
  const own = { mediaType: manifest.mediaType, size: manifest.bytes.length, digest: manifest.digest };
  const descriptor = { ...own, ...parseEntry(entry), ...artifactTypeOf(content) };
  return orderDescriptor(annotations === undefined ? descriptor : withAnnotations(descriptor, annotations));
}

function withAnnotations(descriptor: object, annotations: Readonly<Record<string, string>>): object {
  const known = 'annotations' in descriptor ? (descriptor.annotations as object) : {};
  return { ...descriptor, annotations: { ...known, ...annotations } };
}

function parseEntry(entry: unknown): object {
  return typeof entry === 'object' && entry !== null ? entry : {};
}

/** Of an image its configuration's, unless it names one (image-spec descriptor.md, "artifactType"). */
function artifactTypeOf({ manifest }: StoredContent): { readonly artifactType?: string } {
  const parsed = parseManifest(manifest.bytes, manifest.digest);
  return parsed.kind === 'index' ? {} : { artifactType: parsed.artifactType ?? parsed.config.mediaType };
}

const emptyIndex: Readonly<Record<string, unknown>> = { schemaVersion: 2, mediaType: mediaTypes.ociIndex };

async function readIndex(root: string): Promise<Readonly<Record<string, unknown>>> {
  const path = join(root, 'index.json');
  const bytes = await readWhole(path, maxManifestSize).catch((error: unknown) => {
    if (isAppError(error, 'DISK_NOT_FOUND')) return undefined;
    throw error;
  });
  if (bytes === undefined) return emptyIndex;
  if (parseManifest(bytes, path).kind === 'index') return parseObject(bytes) ?? emptyIndex;
  throw ociError('OCI_LAYOUT_INVALID', { data: { path: root, reason: 'index.json is not an image index' } });
}
