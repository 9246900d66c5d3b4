import { readWhole } from '../disk/index.ts';
import { collectBytes } from '../kit/collect.ts';
import { cliError } from './errors.ts';
import type { Host } from './host.ts';

const maxSize = 2048 * 2 ** 20;

/** What a file holds, or for `-` the standard input; says which, as what it is used, unless `word` is empty. @throws DISK_*, CLI_INPUT_TOO_LARGE */
export async function readGiven(host: Host, path: string, word = 'payload'): Promise<Buffer> {
  if (path !== '-') {
    if (word !== '') await host.stderr.write(`Using ${word} from: ${path}\n`);
    return readWhole(path, maxSize);
  }
  const bytes = await collectBytes(host.stdin(), maxSize);
  if (bytes === undefined) throw cliError('CLI_INPUT_TOO_LARGE', { data: { limit: maxSize } });
  return bytes;
}
