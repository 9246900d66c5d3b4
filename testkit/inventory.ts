import type {
  Distribution,
  FiledRecord,
  InventoryRecord,
  LanguageEcosystem,
  Package,
  PackageFormat,
  TreeInventory,
} from '../src/core/index.ts';

/** A tree in which nothing was found, with what a test wants to be there. */
export function makeTree(parts: Partial<TreeInventory> = {}): TreeInventory {
  return {
    records: [],
    whiteouts: [],
    opaqueDirectories: [],
    overwritten: [],
    replaced: [],
    files: {},
    notes: [],
    ...parts,
  };
}

export function filed(path: string, record: InventoryRecord, cataloger = 'test'): FiledRecord {
  return { path, cataloger, record };
}

/** A `packages` record of packages written as `name@version`. */
export function packagesOf(type: string, ...packages: readonly (string | Package)[]): InventoryRecord {
  return {
    kind: 'packages',
    type,
    packages: packages.map((pkg) => (typeof pkg === 'string' ? makePackage(pkg) : pkg)),
  };
}

export function makePackage(text: string, parts: Partial<Package> = {}): Package {
  const at = text.lastIndexOf('@');
  return { id: text, name: text.slice(0, at), version: text.slice(at + 1), ...parts };
}

/** A package format without catalogers. */
export const testFormat: PackageFormat = {
  kind: 'package-format',
  id: 'dpkg',
  title: 'Test packages',
  versionScheme: 'apk',
  purl: (pkg, os) => ({ type: 'deb', ...(os && { namespace: os.family }), name: pkg.name, version: pkg.version }),
  catalogers: [],
};

/** A distribution that its own os-release names. */
export function testDistribution(id: string, parts: Partial<Distribution> = {}): Distribution {
  return {
    kind: 'distribution',
    id,
    title: id,
    recognise: (records) => records.findLast((record) => record.id === id)?.versionId,
    release: (name) => name,
    ...parts,
  };
}

/** A language whose installed packages are gathered (`lib-pkg`) and whose lock files stand alone (`lib-lock`). */
export const testLanguage: LanguageEcosystem = {
  kind: 'language',
  id: 'lib',
  title: 'Lib',
  versionScheme: 'apk',
  advisories: 'lib',
  advisoryName: (name) => name,
  resultTypes: [
    { type: 'lib-pkg', aggregate: 'Libs', yieldsToSystem: true },
    { type: 'lib-lock' },
    { type: 'archive', aggregate: 'Archives' },
  ],
  purl: (pkg) => ({ type: 'lib', name: pkg.name, version: pkg.version }),
  catalogers: [],
};
