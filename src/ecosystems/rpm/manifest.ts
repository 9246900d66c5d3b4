import type { Catalog, Package } from '../../core/index.ts';
import { readLines } from '../../kit/text.ts';
import { Damage } from '../damage.ts';
import { invalid } from './errors.ts';
import { parseSourceRpm } from './source.ts';

/**
 * Reads the list of packages that images without package manager carry: a line each with name, version-release,
 * install and build time, vendor, a word of no meaning, size, architecture, epoch and source package, tabs between.
 * @throws PACKAGE_DATABASE_INVALID, KIT_*
 */
export const catalogManifest: Catalog = (file) => {
  const damage = new Damage();
  const packages: Package[] = [];
  damage.attempt(() => {
    for (const line of readLines(file.content)) {
      const pkg = line.length === 0 ? undefined : damage.attempt(() => parseLine(line.toString('utf8')));
      if (pkg !== undefined) packages.push(pkg);
    }
  });
  return damage.toRecords('rpm', packages);
};

function parseLine(line: string): Package {
  const fields = line.split('\t');
  const [name = '', full = '', , , vendor = '', , , arch = '', epochText = '', sourceRpm = ''] = fields;
  const dash = full.lastIndexOf('-');
  if (fields.length !== 10 || name === '' || dash < 1) throw invalid(`a line is not one of a package list`);
  const source = parseSourceRpm(sourceRpm);
  const epoch = /^\d{1,9}$/.test(epochText) ? Number(epochText) : 0;
  return {
    id: `${name}@${full}.${arch}`,
    name,
    version: full.slice(0, dash),
    release: full.slice(dash + 1),
    ...(epoch !== 0 && { epoch }),
    arch,
    ...(source !== undefined && { source: { ...source, ...(epoch !== 0 && { epoch }) } }),
    ...(vendor !== '' && vendor !== '(none)' && { maintainer: vendor }),
  };
}
