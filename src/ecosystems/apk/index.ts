import type { PackageFormat } from '../../core/index.ts';

/** Packages of apk, the package manager of Alpine and its relatives. */
export const apk: PackageFormat = {
  kind: 'package-format',
  id: 'apk',
  title: 'apk packages',
  versionScheme: 'apk',
  purl: (pkg, os) => ({
    type: 'apk',
    ...(os !== undefined && { namespace: os.family }),
    name: pkg.name.toLowerCase(),
    version: pkg.version,
    qualifiers: { arch: pkg.arch, distro: os?.name },
  }),
  catalogers: [
    {
      id: 'apk',
      version: 2,
      title: 'apk installed database',
      trees: ['installed'],
      files: [{ path: 'lib/apk/db/installed' }, { path: 'usr/lib/apk/db/installed' }],
      onFailure: 'incomplete',
      load: async () => (await import('./installed.ts')).catalogInstalled,
    },
  ],
};
