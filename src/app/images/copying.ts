import {
  type Digest,
  formatImageReference,
  type ImageReference,
  isAppError,
  parseImageReference,
} from '../../core/index.ts';
import { mapPooled } from '../../kit/pool.ts';
import { loadMoving, type RemoteRepository } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { CopyInput } from './input.ts';
import { usualJobs } from './input.ts';
import { openAsked, tagsOf } from './reading.ts';
import { makeCopier, wantedOf } from './target.ts';

export async function copyOne(input: CopyInput, context: AppContext): Promise<Digest> {
  const target = parseImageReference(input.target);
  const repository = (await context.registry()).repository(target);
  if (input.noClobber && target.digest === undefined) await assertFree(repository, target, context);
  context.log.info('Copying', { from: input.source, to: input.target });
  const content = await openAsked({ reference: input.source, ...toPlatform(input) }, context);
  const { copier, finish } = await makeCopier(repository, input, context);
  return copier.copy(content, wantedOf(target)).finally(finish);
}

/** Each blob is sent once, however many tags have it. */
export async function copyAll(input: CopyInput, context: AppContext): Promise<void> {
  const { registry, repository } = parseImageReference(input.target);
  const target = (await context.registry()).repository({ registry, repository });
  const kept = input.noClobber ? await existingTags(target, context) : new Set<string>();
  const tags: string[] = [];
  for await (const tag of tagsOf({ repository: input.source }, context)) {
    if (kept.has(tag)) context.log.info('A tag is left as it is', { tag });
    else tags.push(tag);
  }
  const source = parseImageReference(input.source);
  const { copier, finish } = await makeCopier(target, input, context);
  const copyTag = async (tag: string): Promise<void> => {
    const reference = formatImageReference({ registry: source.registry, repository: source.repository, tag });
    context.log.info('Copying', { from: reference, tag });
    // As with crane, a platform is of no account here.
    await copier.copy(await openAsked({ reference }, context), tag);
  };
  await mapPooled(tags, input.jobs ?? usualJobs, copyTag).finally(finish);
}

function toPlatform({ platform }: CopyInput): Pick<CopyInput, 'platform'> {
  return platform === undefined ? {} : { platform };
}

/** Some registries answer so for a repository that the first push makes. */
const absent: readonly string[] = ['OCI_REMOTE_NOT_FOUND', 'OCI_FORBIDDEN'];

async function assertFree(repository: RemoteRepository, target: ImageReference, context: AppContext): Promise<void> {
  const head = await repository.head(wantedOf(target), context.signal).catch((error: unknown) => {
    if (isAppError(error) && absent.includes(error.code)) return undefined;
    throw error;
  });
  if (head === undefined) return;
  const { refuseOverwriting } = await loadMoving();
  throw refuseOverwriting(formatImageReference(target), head.digest ?? 'unknown');
}

async function existingTags(repository: RemoteRepository, { signal }: AppContext): Promise<Set<string>> {
  const tags = new Set<string>();
  try {
    for await (const tag of repository.tags(signal === undefined ? {} : { signal })) tags.add(tag);
  } catch (error) {
    if (!isAppError(error) || !absent.includes(error.code)) throw error;
  }
  return tags;
}
