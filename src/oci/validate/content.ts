import { describeError } from '../../core/index.ts';
import { type Descriptor, mediaTypes, parseManifest } from '../manifest.ts';
import type { ContentSource, StoredContent } from '../stored/content.ts';
import { imageProblems, platformProblems, type ValidateOptions } from './image.ts';

const maxNesting = 8;
const manifestTypes: ReadonlySet<string> = new Set(Object.values(mediaTypes));

/**
 * What is wrong with an image, or with any that an index names: digests, sizes, configurations, paths that come twice.
 * Nothing when all is well. @throws what opening the manifest itself throws
 */
export async function contentProblems(
  content: StoredContent,
  options: ValidateOptions,
  depth = 0,
): Promise<readonly string[]> {
  const { source, manifest } = content;
  const parsed = parseManifest(manifest.bytes, manifest.digest);
  if (parsed.kind === 'manifest') return imageProblems({ source, manifest, parsed }, options);
  if (depth >= maxNesting) return ['indexes are nested too deep'];
  const problems: string[] = [];
  for (const [index, entry] of parsed.manifests.entries()) {
    problems.push(...(await entryProblems(index, entry, source, options, depth)));
  }
  return problems.length === 0 ? [] : [`validating children: ${problems.join('\n')}`];
}

async function entryProblems(
  index: number,
  entry: Descriptor,
  source: ContentSource,
  options: ValidateOptions,
  depth: number,
): Promise<string[]> {
  const { signal } = options;
  const at = `Manifests[${index}](${entry.digest})`;
  try {
    if (!manifestTypes.has(entry.mediaType)) {
      const isThere = source.has === undefined || (await source.has(entry, signal));
      return isThere ? [] : [`failed to validate layer ${at}: layer does not exist`];
    }
    const manifest = await source.manifest(entry, signal);
    const inner = await contentProblems({ source, manifest }, options, depth + 1);
    const parsed = parseManifest(manifest.bytes, manifest.digest);
    const platform =
      parsed.kind === 'index' ? [] : await platformProblems({ source, manifest, parsed }, entry.platform, options);
    return [
      ...(inner.length === 0
        ? []
        : [`failed to validate ${parsed.kind === 'index' ? 'index' : 'image'} ${at}: ${inner.join('\n\n')}`]),
      ...(platform.length === 0
        ? []
        : [`failed to validate image platform[${index}](${entry.digest}): ${platform.join('\n')}`]),
    ];
  } catch (error) {
    signal?.throwIfAborted();
    return [`failed to validate image ${at}: ${describeError(error)}`];
  }
}
