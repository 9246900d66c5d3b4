import type { DatabaseId } from '../app/index.ts';
import { toDataOptions } from '../config/index.ts';
import { withRegistries } from './access.ts';
import type { Invocation } from './command.ts';
import { exitCodes } from './exit-codes.ts';

/** Downloads databases and says what became of each; an old one that stays is told, and is no failure. */
export async function runUpdate(invocation: Invocation, databases: readonly DatabaseId[]): Promise<number> {
  const { options, host } = invocation;
  const { updateDatabases } = await import('../app/index.ts');
  const updates = await updateDatabases({ ...toDataOptions(options), databases }, await withRegistries(invocation));
  const lines = updates.map(({ id, result }) => {
    const made = result.metadata.updatedAt ?? 'an unknown day';
    const words = { updated: 'updated', fresh: 'already up to date', 'kept-old': 'not updated, the older one stays' };
    return `${id}: ${words[result.kind]} (made ${made})\n`;
  });
  await host.stdout.write(lines.join(''));
  return exitCodes.clean;
}
