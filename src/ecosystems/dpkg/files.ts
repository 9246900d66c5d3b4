import type { Catalog } from '../../core/index.ts';
import { readText } from '../../kit/text.ts';
import { ecosystemError } from '../errors.ts';

const suffix = '.md5sums';

/** Reads the files of one package in `NAME[:ARCH].md5sums` (deb-md5sums(5)). @throws PACKAGE_DATABASE_INVALID, KIT_TEXT_TOO_LONG */
export const catalogFiles: Catalog = (file) => {
  const files = readText(file.content)
    .split('\n')
    .filter((line) => line !== '')
    .map(parseLine)
    .sort();
  const name = file.path.slice(file.path.lastIndexOf('/') + 1, -suffix.length);
  return files.length === 0 ? [] : [{ kind: 'installed-files', package: name.replace(/:.*/, ''), files }];
};

/** An MD5, two spaces, and the path without its first slash. */
function parseLine(line: string): string {
  const gap = line.indexOf('  ');
  if (gap === -1) {
    throw ecosystemError('PACKAGE_DATABASE_INVALID', { data: { format: 'dpkg', reason: 'a checksum names no file' } });
  }
  return `/${line.slice(gap + 2)}`;
}
