import type { Catalog, Package } from '../../core/index.ts';
import { readText } from '../../kit/text.ts';
import { normalizeLicense, recognizeLicenses, splitLicenses } from '../../licenses/index.ts';
import { ecosystemError } from '../errors.ts';
import { type Headers, parseHeaders } from './headers.ts';
import { licenseFilePrefix } from './licenses.ts';

/** Reads the metadata of an installed package. @throws PACKAGE_METADATA_INVALID, KIT_TEXT_TOO_LONG */
export const catalogMetadata: Catalog = (file) => {
  return [{ kind: 'packages', type: 'python-pkg', packages: [parseMetadata(readText(file.content))] }];
};

/** Reads a licence file beside the metadata, for packages that state nothing else. */
export const catalogLicense: Catalog = (file) => {
  const licenses = recognizeLicenses(readText(file.content));
  return licenses.length === 0 ? [] : [{ kind: 'companion', type: 'python-pkg', packages: [], licenses }];
};

/** The package that `METADATA` or `PKG-INFO` describes. @throws PACKAGE_METADATA_INVALID */
export function parseMetadata(text: string): Package {
  const headers = parseHeaders(text);
  const name = first(headers, 'name');
  const version = first(headers, 'version');
  if (name === '' || version === '') throw invalid('it has no name or no version');
  const licenses = licensesOf(headers);
  return { name, version, ...(licenses.length > 0 && { licenses }) };
}

/** An expression (PEP 639), else the classifiers, else the free field, else a file beside the metadata. */
function licensesOf(headers: Headers): string[] {
  const expression = first(headers, 'license-expression');
  if (expression !== '') return [normalizeLicense(expression)];
  const classified = (headers.get('classifier') ?? [])
    .filter((classifier) => classifier.startsWith('License :: '))
    .map((classifier) => classifier.split(' :: ').at(-1) ?? '')
    // A group of licences rather than one.
    .filter((name) => name !== 'OSI Approved');
  const names = classified.length > 0 ? classified : splitLicenses(first(headers, 'license'));
  if (names.length > 0) return [...new Set(names.map(normalizeLicense))];
  const file = first(headers, 'license-file');
  return file === '' ? [] : [`${licenseFilePrefix}${file}`];
}

function first(headers: Headers, name: string): string {
  return headers.get(name)?.[0] ?? '';
}

function invalid(reason: string): Error {
  return ecosystemError('PACKAGE_METADATA_INVALID', { data: { format: 'Python', reason } });
}
