import { isAppError } from '../../core/index.ts';
import { statPath } from '../../disk/index.ts';
import { type DescriptorDocument, loadEditing, loadMoving, mediaTypes, type StoredContent } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import { openContent } from '../images/reading.ts';
import type { IndexSource } from './input.ts';

/** An entry for an index, and the manifest that it names with all below it. */
export interface IndexAddition {
  readonly entry: DescriptorDocument;
  readonly content: StoredContent;
}

export const indexTypes: readonly string[] = [mediaTypes.ociIndex, mediaTypes.dockerList];
export const imageTypes: readonly string[] = [mediaTypes.ociManifest, mediaTypes.dockerManifest];

/** What a name or path adds to an index; `close` is called for what was opened when all is done. */
export async function openAddition(
  { name, path }: IndexSource,
  flatten: boolean,
  context: AppContext,
): Promise<{ readonly additions: readonly IndexAddition[]; close(): void }> {
  const { content, close } = await openNamed({ name, path }, context);
  try {
    const { mediaType } = content.manifest;
    if (!indexTypes.includes(mediaType)) return { additions: [await describeImage(name, content, context)], close };
    const additions = flatten ? await childrenOf(name, content, context) : [{ entry: entryOf(content), content }];
    return { additions, close };
  } catch (error) {
    close();
    throw error;
  }
}

/** A file is what it is; a directory that is no layout may only be called as an image is. */
async function openNamed({ name, path }: IndexSource, context: AppContext): Promise<OpenedContent> {
  const { openPathContent } = await loadMoving();
  const found = await statPath(path);
  if (found?.kind === 'file') return openPathContent(path, 'whole');
  if (found?.kind === 'directory') {
    try {
      return await openPathContent(path, 'whole');
    } catch (error) {
      if (!isAppError(error, 'OCI_LAYOUT_INVALID')) throw error;
      context.log.debug('A directory is no layout, and its name is taken for an image', { path });
    }
  }
  return { content: await openContent(name, context), close: () => undefined };
}

interface OpenedContent {
  readonly content: StoredContent;
  close(): void;
}

/** The platform of an image stands in its configuration. */
async function describeImage(name: string, content: StoredContent, context: AppContext): Promise<IndexAddition> {
  const { openForEdit, platformOfConfig, refuseEdit, withArtifactType } = await loadEditing();
  const { mediaType } = content.manifest;
  if (!imageTypes.includes(mediaType)) {
    throw refuseEdit(name, `it has the type ${mediaType}`, 'Only images and indexes can be put into an index.');
  }
  const { config } = await openForEdit(content.source, content.manifest, context.signal);
  const platform = platformOfConfig(config);
  const entry = { ...entryOf(content), ...(platform !== undefined && { platform }) };
  return { entry: withArtifactType(entry, content.manifest), content };
}

async function childrenOf(name: string, content: StoredContent, context: AppContext): Promise<IndexAddition[]> {
  const { entriesOf, openIndexForEdit, refuseEdit, toDescriptor, withArtifactType } = await loadEditing();
  const { source, manifest } = content;
  const additions: IndexAddition[] = [];
  for (const entry of entriesOf(openIndexForEdit(manifest))) {
    const { mediaType = '' } = entry;
    if (!imageTypes.includes(mediaType) && !indexTypes.includes(mediaType)) {
      throw refuseEdit(
        name,
        `it has an entry of the type ${mediaType}`,
        'Append the whole index with --flatten=false.',
      );
    }
    const child = await source.manifest(toDescriptor(entry), context.signal);
    const isImage = imageTypes.includes(mediaType);
    additions.push({
      entry: isImage ? withArtifactType(entry, child) : entry,
      content: { source, manifest: child },
    });
  }
  return additions;
}

function entryOf({ manifest: { mediaType, bytes, digest } }: StoredContent): DescriptorDocument {
  return { mediaType, size: bytes.length, digest };
}
