import type { Catalog, Package } from '../../core/index.ts';
import { readLines } from '../../kit/text.ts';
import { invalid } from './errors.ts';
import { parseSourceRpm } from './source.ts';

/**
 * Reads the list of packages that images without package manager carry: a line each with name, version-release,
 * install and build time, vendor, a word of no meaning, size, architecture, epoch and source package, tabs between.
 * @throws PACKAGE_DATABASE_INVALID, KIT_*
 */
export const catalogManifest: Catalog = (file) => {
  const packages: Package[] = [];
  for (const line of readLines(file.content)) {
    if (line.length > 0) packages.push(parseLine(line.toString('utf8')));
  }
  return [{ kind: 'packages', type: 'rpm', packages }];
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
