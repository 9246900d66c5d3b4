import { type Digest, parseImageReference } from '../../core/index.ts';
import { loadMoving } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { ArchiveChoice, PushInput } from './input.ts';
import { makeCopier, wantedOf } from './target.ts';

export async function push(input: PushInput, context: AppContext): Promise<Digest> {
  const { openPathContent } = await loadMoving();
  const { content, close } = await openPathContent(input.path, input.asIndex === true ? 'whole' : 'only');
  try {
    const target = parseImageReference(input.target);
    const repository = (await context.registry()).repository(target);
    const { copier, finish } = await makeCopier(repository, input, context);
    return await copier.copy(content, wantedOf(target)).finally(finish);
  } finally {
    close();
  }
}

export async function digestOfArchive({ path, name }: ArchiveChoice): Promise<Digest> {
  const { openArchiveFile } = await loadMoving();
  const { content, close } = await openArchiveFile(path, name);
  close();
  return content.manifest.digest;
}
