import { openZip, type ZipArchive, type ZipEntry } from '../../codecs/zip/index.ts';
import { type Catalog, isAppError, type Package } from '../../core/index.ts';
import { recognizeLicenses } from '../../licenses/index.ts';
import { licenseFilePrefix } from './licenses.ts';
import { parseMetadata } from './metadata.ts';

const maxMetadata = 16 * 2 ** 20;

/** Reads the metadata in an egg, which is a zip archive. @throws PACKAGE_METADATA_INVALID, CODEC_ZIP_INVALID */
export const catalogEgg: Catalog = (file) => {
  try {
    const zip = openZip(file.content);
    const metadata = zip.entries.find(({ name }) => isMetadata(name));
    if (metadata === undefined) return [];
    const pkg = parseMetadata(zip.read(metadata, maxMetadata).toString('utf8'));
    return [{ kind: 'packages', type: 'python-pkg', packages: [withText(pkg, zip)] }];
  } catch (error) {
    if (!isAppError(error, 'CODEC_ZIP_ABSENT')) throw error;
    return [
      { kind: 'coverage', note: { effect: 'note', code: 'file-unreadable', message: `Python egg: ${error.message}` } },
    ];
  }
};

function isMetadata(name: string): boolean {
  return name.endsWith('EGG-INFO/PKG-INFO') || name.endsWith('.egg-info') || name.endsWith('.egg-info/PKG-INFO');
}

function withText(pkg: Package, zip: ZipArchive): Package {
  const [license = ''] = pkg.licenses ?? [];
  if (!license.startsWith(licenseFilePrefix)) return pkg;
  const { licenses: _, ...rest } = pkg;
  const base = license.slice(license.lastIndexOf('/') + 1);
  const entry = zip.entries.find(({ name }: ZipEntry) => name.slice(name.lastIndexOf('/') + 1) === base);
  const found = entry === undefined ? [] : recognizeLicenses(zip.read(entry, maxMetadata).toString('utf8'));
  return found.length === 0 ? rest : { ...rest, licenses: found };
}
