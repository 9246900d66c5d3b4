import { loadMoving } from '../../oci/index.ts';
import type { AppContext } from '../context.ts';
import type { ValidateInput } from './input.ts';
import { openAsked } from './reading.ts';

export async function problemsOf(input: ValidateInput, context: AppContext): Promise<readonly string[]> {
  const { contentProblems, openArchiveFile } = await loadMoving();
  const options = { fast: input.fast ?? false, ...(context.signal !== undefined && { signal: context.signal }) };
  if (input.kind === 'reference') return contentProblems(await openAsked(input, context), options);
  const { content, close } = await openArchiveFile(input.path);
  try {
    return await contentProblems(content, options);
  } finally {
    close();
  }
}
