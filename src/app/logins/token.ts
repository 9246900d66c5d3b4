import { parseImageReference } from '../../core/index.ts';
import type { AppContext } from '../context.ts';
import type { TokenInput, TokenResult } from './input.ts';

export async function fetchToken(
  { repository, push, mounts = [] }: TokenInput,
  context: AppContext,
): Promise<TokenResult> {
  const registry = await context.registry();
  return registry.token(parseImageReference(repository), {
    push: push ?? false,
    mounts: mounts.map((mount) => parseImageReference(mount).repository),
    ...(context.signal !== undefined && { signal: context.signal }),
  });
}
