import { isBerkeleyHash, readBerkeleyHash } from '../../codecs/berkeley-db/index.ts';
import { parseRpmHeader } from '../../codecs/rpm-header/index.ts';
import { isNdb, readNdb } from '../../codecs/rpm-ndb/index.ts';
import { isSqlite } from '../../codecs/sqlite/index.ts';
import type { ByteSource, Catalog, Package } from '../../core/index.ts';
import { toBuffer } from '../../kit/text.ts';
import { Damage } from '../damage.ts';
import { Dependencies } from '../dependencies.ts';
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
  return damage.toRecords('rpm', linkPackages(packages, damage));
};

/** The headers of all installed packages. The content tells the format, for the file names have been used for several. */
function readHeaders(source: ByteSource): Iterable<Uint8Array> {
  const start = toBuffer(source.read(0, Math.min(source.size, 16)));
  if (isSqlite(start)) return readSqliteHeaders(source);
  if (isNdb(start)) return readNdb(source);
  if (isBerkeleyHash(start)) return readBerkeleyHeaders(source);
  const data = { format: 'rpm', start: start.length === 0 ? 'nothing' : start.toString('hex') };
  throw ecosystemError('PACKAGE_DATABASE_UNKNOWN', { data });
}

/** The headers in `Packages`, by number; number 0 holds the highest number that was given. */
function* readBerkeleyHeaders(source: ByteSource): Generator<Uint8Array, void, undefined> {
  for (const { key, value } of readBerkeleyHash(source)) if (key.some((byte) => byte !== 0)) yield value;
}

/** Replaces the names that packages require by the ids of packages that provide them. */
function linkPackages(packages: readonly LinkedPackage[], damage: Damage): Package[] {
  const providers = new Map<string, string>();
  for (const { pkg, provides } of packages) for (const name of provides) providers.set(name, pkg.id);
  const dependencies = new Dependencies('rpm', providers);
  return packages.map(({ pkg, requires }) => {
    const ids = damage.attempt(() => dependencies.resolve(requires)) ?? [];
    const dependsOn = ids.filter((id) => id !== pkg.id);
    return dependsOn.length === 0 ? pkg : { ...pkg, dependsOn };
  });
}
