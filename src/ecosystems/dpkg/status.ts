import { type Paragraph, readParagraphs } from '../../codecs/deb822/index.ts';
import type { Catalog, Package } from '../../core/index.ts';
import { Damage } from '../damage.ts';
import { Dependencies } from '../dependencies.ts';
import { ecosystemError } from '../errors.ts';
import { parseDepends } from './depends.ts';
import { classOfMaintainer } from './maintainer.ts';
import { splitVersion } from './version.ts';

const fields: readonly string[] = ['package', 'status', 'version', 'architecture', 'maintainer', 'source', 'depends'];

/** Reads `status`, or a file of `status.d` (dpkg(1), "FILES"). @throws PACKAGE_DATABASE_INVALID, CODEC_DEB822_INVALID, CODEC_LIMIT, KIT_* */
export const catalogStatus: Catalog = (file) => {
  const damage = new Damage();
  const packages = new Map<string, Installed>();
  damage.attempt(() => {
    for (const paragraph of readParagraphs(file.content, fields, damage.add)) {
      const installed = damage.attempt(() => toInstalled(paragraph));
      if (installed !== undefined) packages.set(installed.pkg.id, installed);
    }
  });
  return damage.toRecords('dpkg', resolveAll([...packages.values()], damage));
};

/** A package whose dependencies are still names. */
interface Installed {
  readonly pkg: Package & { readonly id: string };
  readonly depends: string;
}

function resolveAll(installed: readonly Installed[], damage: Damage): Package[] {
  const dependencies = new Dependencies('dpkg', new Map(installed.map(({ pkg }) => [pkg.name, pkg.id])));
  return installed.map(({ pkg, depends }) => {
    const dependsOn = damage.attempt(() => dependencies.resolve(parseDepends(depends))) ?? [];
    return dependsOn.length === 0 ? pkg : { ...pkg, dependsOn };
  });
}

/** The package of a paragraph; undefined when it is not installed. @throws PACKAGE_DATABASE_INVALID */
function toInstalled(paragraph: Paragraph): Installed | undefined {
  const status = (paragraph.get('status') ?? '').split(/\s+/);
  if (status.includes('deinstall') || status.includes('purge') || status.includes('not-installed')) return undefined;
  const name = paragraph.get('package');
  const version = paragraph.get('version');
  if (!name) throw invalid('a paragraph names no package');
  if (!version) throw invalid(`the package ${name.slice(0, 60)} has no version`);
  const arch = paragraph.get('architecture');
  const maintainer = paragraph.get('maintainer') ?? '';
  const pkg = {
    id: `${name}@${version}`,
    name,
    ...splitVersion(version),
    ...(arch && { arch }),
    source: toSource(paragraph.get('source') ?? '', name, version),
    ...(maintainer !== '' && { maintainer }),
    repositoryClass: classOfMaintainer(maintainer),
  };
  return { pkg, depends: paragraph.get('depends') ?? '' };
}

/** `name`, or `name (version)` where the version differs; without the field the source has the package's name. */
function toSource(field: string, name: string, version: string): NonNullable<Package['source']> {
  const [, sourceName, sourceVersion] = /^(\S+)(?: \((.*)\))?/.exec(field) ?? [];
  return { name: sourceName ?? name, ...splitVersion(sourceVersion?.trim() || version) };
}

function invalid(reason: string): Error {
  return ecosystemError('PACKAGE_DATABASE_INVALID', { data: { format: 'dpkg', reason } });
}
