import { join } from 'node:path';
import { readWhole, statPath } from '../../../disk/index.ts';
import type { Surroundings } from '../provider.ts';

const maxName = 256;

/** Whether this is a machine of Google's cloud: a variable says so, or what the firmware calls itself. */
export async function isGoogle({ environment, root = '/' }: Surroundings): Promise<boolean> {
  if (environment['GCE_METADATA_HOST']) return true;
  const path = join(root, 'sys/class/dmi/id/product_name');
  if ((await statPath(path)) === undefined) return false;
  return /^Google\b/.test((await readWhole(path, maxName)).toString('latin1'));
}
