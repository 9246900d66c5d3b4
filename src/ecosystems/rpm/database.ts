import { parseRpmHeader } from '../../codecs/rpm-header/index.ts';
import type { ByteSource, Catalog, Package } from '../../core/index.ts';
import { toBuffer } from '../../kit/text.ts';
import { Damage } from '../damage.ts';
import { ecosystemError } from '../errors.ts';
import { FileLists } from './files.ts';
import { type LinkedPackage, readPackage } from './package.ts';
import { readSqliteHeaders } from './sqlite.ts';

/** Reads a package database, whatever its format. @throws PACKAGE_DATABASE_INVALID, CODEC_* */
export const catalogDatabase: Catalog = (file) => {
  const damage = new Damage();
  const fileLists = new FileLists();
  const packages: LinkedPackage[] = [];
  damage.attempt(() => {
    for (const blob of readHeaders(file.content)) {
      const pkg = damage.attempt(() => readPackage(parseRpmHeader(blob), fileLists));
      if (pkg !== undefined) packages.push(pkg);
    }
  });
  return damage.toRecords('rpm', linkPackages(packages));
};

/** The headers of all installed packages. The content tells the format, for the file names have been used for several. */
function readHeaders(source: ByteSource): Iterable<Uint8Array> {
  const start = toBuffer(source.read(0, Math.min(source.size, 16)));
  if (start.toString('latin1') === 'SQLite format 3\0') return readSqliteHeaders(source);
  throw ecosystemError('PACKAGE_DATABASE_UNKNOWN', {
    data: { format: 'rpm', start: start.toString('hex') || 'nothing' },
  });
}

/** Replaces the names that packages require by the ids of packages that provide them. */
function linkPackages(packages: readonly LinkedPackage[]): Package[] {
  const providers = new Map<string, string>();
  for (const { pkg, provides } of packages) for (const name of provides) providers.set(name, pkg.id);
  return packages.map(({ pkg, requires }) => {
    const ids = new Set(requires.map((name) => providers.get(name)).filter((id) => id !== undefined && id !== pkg.id));
    const dependsOn = [...ids].filter((id) => id !== undefined).sort();
    return dependsOn.length === 0 ? pkg : { ...pkg, dependsOn };
  });
}
