import { type Paragraph, readParagraphs } from '../../codecs/deb822/index.ts';
import type { Catalog, Package, PackagesRecord } from '../../core/index.ts';
import { ecosystemError } from '../errors.ts';
import { parseDepends } from './depends.ts';
import { classOfMaintainer } from './maintainer.ts';
import { splitVersion } from './version.ts';

const fields: readonly string[] = ['package', 'status', 'version', 'architecture', 'maintainer', 'source', 'depends'];

/** Reads `status`, or a file of `status.d` (dpkg(1), "FILES"). @throws PACKAGE_DATABASE_INVALID, CODEC_DEB822_INVALID, CODEC_LIMIT, KIT_* */
export const catalogStatus: Catalog = (file) => {
  const packages = new Map<string, Package>();
  const idByName = new Map<string, string>();
  const depends = new Map<string, string>();
  for (const paragraph of readParagraphs(file.content, fields)) {
    const pkg = toPackage(paragraph);
    if (pkg === undefined) continue;
    const id = `${pkg.name}@${paragraph.get('version')}`;
    packages.set(id, { id, ...pkg });
    idByName.set(pkg.name, id);
    depends.set(id, paragraph.get('depends') ?? '');
  }
  return [toRecord(packages, (id) => resolve(depends.get(id) ?? '', idByName))];
};

function toRecord(packages: ReadonlyMap<string, Package>, dependsOf: (id: string) => string[]): PackagesRecord {
  const resolved = [...packages].map(([id, pkg]) => {
    const dependsOn = dependsOf(id);
    return dependsOn.length === 0 ? pkg : { ...pkg, dependsOn };
  });
  return { kind: 'packages', type: 'dpkg', packages: resolved };
}

/** Ids of installed packages of the names that a field depends on. */
function resolve(field: string, idByName: ReadonlyMap<string, string>): string[] {
  return parseDepends(field)
    .map((name) => idByName.get(name))
    .filter((id) => id !== undefined)
    .sort();
}

/** The package of a paragraph; undefined when it is not installed. */
function toPackage(paragraph: Paragraph): Package | undefined {
  const status = (paragraph.get('status') ?? '').split(/\s+/);
  if (status.includes('deinstall') || status.includes('purge') || status.includes('not-installed')) return undefined;
  const name = paragraph.get('package');
  const version = paragraph.get('version');
  if (!name) throw invalid('a paragraph names no package');
  if (!version) throw invalid(`the package ${name.slice(0, 60)} has no version`);
  const arch = paragraph.get('architecture');
  const maintainer = paragraph.get('maintainer') ?? '';
  return {
    name,
    ...splitVersion(version),
    ...(arch && { arch }),
    source: toSource(paragraph.get('source') ?? '', name, version),
    ...(maintainer !== '' && { maintainer }),
    repositoryClass: classOfMaintainer(maintainer),
  };
}

/** `name`, or `name (version)` where the version differs; without the field the source has the package's name. */
function toSource(field: string, name: string, version: string): NonNullable<Package['source']> {
  const [, sourceName, sourceVersion] = /^(\S+)(?: \((.*)\))?/.exec(field) ?? [];
  return { name: sourceName ?? name, ...splitVersion(sourceVersion?.trim() || version) };
}

function invalid(reason: string): Error {
  return ecosystemError('PACKAGE_DATABASE_INVALID', { data: { format: 'dpkg', reason } });
}
