import { type ImageReference, parseImageReference } from '../../core/index.ts';
import { writeOutput } from '../../disk/index.ts';
import { craneRepository, loadMoving, type StoredContent, type StoredImage } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { type PullInput, usualJobs } from './input.ts';
import { openAsked, openOneImage } from './reading.ts';
import { archiveTag, shown, wantedOf } from './target.ts';

export async function pull(input: PullInput, context: AppContext): Promise<void> {
  const references = [...new Set(input.references)];
  if (input.format === 'oci') return pullLayout(references, input, context);
  const images: { readonly image: StoredImage; readonly name: string }[] = [];
  for (const name of references) {
    images.push({ name, image: await withCache(await openOneImage({ ...input, reference: name }, context), input) });
  }
  const { dockerArchive, legacyArchive } = await loadMoving();
  const { signal } = context;
  const pieces =
    input.format === 'legacy'
      ? legacyArchive(
          images.map(({ image, name }) => ({ image, ...legacyTag(name) })),
          signal,
        )
      : dockerArchive(
          images.map(({ image, name }) => ({ image, tag: archiveTag(name) })),
          signal,
        );
  await writeOutput(input.path, shown(pieces, input.path, context));
}

/** An index comes whole, unless one platform was asked for. */
async function pullLayout(references: readonly string[], input: PullInput, context: AppContext): Promise<void> {
  const { writeLayout } = await loadMoving();
  const additions: { content: StoredContent; annotations?: Record<string, string> }[] = [];
  for (const reference of references) {
    const content = await openAsked({ ...input, reference }, context);
    const annotations = { 'org.opencontainers.image.ref.name': fullName(parseImageReference(reference)) };
    additions.push({ content: await withCache(content, input), ...(input.annotateReference && { annotations }) });
  }
  const { signal } = context;
  await writeLayout(input.path, additions, { jobs: usualJobs, ...(signal !== undefined && { signal }) });
}

async function withCache<T extends StoredContent>(content: T, { cachePath }: PullInput): Promise<T> {
  if (cachePath === undefined) return content;
  const { cachedSource } = await loadMoving();
  return { ...content, source: cachedSource(content.source, cachePath) };
}

function legacyTag(name: string): { readonly tag?: string } {
  return parseImageReference(name).digest === undefined ? { tag: name } : {};
}

function fullName(reference: ImageReference): string {
  const separator = reference.digest === undefined ? ':' : '@';
  return `${craneRepository(reference)}${separator}${wantedOf(reference)}`;
}
