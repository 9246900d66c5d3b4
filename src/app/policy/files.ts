import { join } from 'node:path';
import { listDirectory, readWhole, statPath } from '../../disk/index.ts';
import type { PolicyText } from '../../policy/index.ts';

const maxSize = 16 * 2 ** 20;

/** The texts of files, and of the YAML and JSON files that directories hold. @throws DISK_* */
export async function readTexts(paths: readonly string[]): Promise<PolicyText[]> {
  const files = await Promise.all(paths.map(filesOf));
  const read = async (path: string): Promise<PolicyText> => ({
    path,
    text: (await readWhole(path, maxSize)).toString('utf8'),
  });
  return Promise.all(files.flat().map(read));
}

async function filesOf(path: string): Promise<string[]> {
  const stat = await statPath(path);
  if (stat?.kind !== 'directory') return [path];
  const names = await listDirectory(path);
  return names
    .filter((name) => /\.(ya?ml|json)$/.test(name))
    .map((name) => join(path, name))
    .sort();
}
