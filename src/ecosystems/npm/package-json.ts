import type { Catalog, CatalogFile, Package } from '../../core/index.ts';
import { metadataInvalid } from './errors.ts';
import { asText, readJson } from './json.ts';
import { parseLicenses } from './license.ts';
import { packageId } from './package-id.ts';

const maxSize = 16 * 2 ** 20;
const validName = /^(?:@[\w.-]+\/)?[\w.-]+$/;

/** Reads the `package.json` of an installed package. @throws PACKAGE_METADATA_INVALID */
export const catalogPackageJson: Catalog = (file) => {
  const pkg = readPackage(file);
  return pkg === undefined ? [] : [{ kind: 'packages', type: 'node-pkg', packages: [pkg] }];
};

/** Reads the licence of an installed package for the lock file above it. @throws PACKAGE_METADATA_INVALID */
export const catalogLicense: Catalog = (file) => {
  const pkg = readPackage(file);
  return pkg?.licenses === undefined ? [] : [{ kind: 'companion', type: 'npm', packages: [pkg] }];
};

/** Many such files hold settings of a directory only, and name no package (docs.npmjs.com, "package.json"). */
function readPackage(file: CatalogFile): Package | undefined {
  const [json] = readJson(file, maxSize, metadataInvalid);
  const name = asText(json['name']);
  const version = asText(json['version']);
  if (name === '' || version === '') return undefined;
  if (!validName.test(name)) throw metadataInvalid('the name has characters that no package name has');
  const licenses = parseLicenses(json['license']);
  return { id: packageId(name, version), name, version, ...(licenses.length > 0 && { licenses }) };
}
