import type { PackageFormat } from '../../core/index.ts';

const database = 'var/lib/dpkg';

/** Packages of dpkg, the package manager of Debian, Ubuntu and their relatives; distroless images among them. */
export const dpkg: PackageFormat = {
  kind: 'package-format',
  id: 'dpkg',
  title: 'dpkg packages',
  versionScheme: 'dpkg',
  purl: (pkg, os) => ({
    type: 'deb',
    ...(os !== undefined && { namespace: os.family }),
    name: pkg.name.toLowerCase(),
    version: pkg.release === undefined ? pkg.version : `${pkg.version}-${pkg.release}`,
    qualifiers: { arch: pkg.arch, distro: os && `${os.family}-${os.name}`, epoch: pkg.epoch?.toString() },
  }),
  catalogers: [
    {
      id: 'dpkg',
      version: 1,
      title: 'dpkg status',
      trees: ['installed'],
      files: [{ path: `${database}/status` }, { directory: `${database}/status.d` }],
      accepts: ({ path }) => !path.endsWith('.md5sums') && path.split('/').length <= 5,
      onFailure: 'incomplete',
      load: async () => (await import('./status.ts')).catalogStatus,
    },
    {
      id: 'dpkg-available',
      version: 1,
      title: 'dpkg checksums of packages',
      trees: ['installed'],
      files: [{ path: `${database}/available` }],
      onFailure: 'note',
      load: async () => (await import('./available.ts')).catalogAvailable,
    },
    {
      id: 'dpkg-files',
      version: 1,
      title: 'dpkg files of packages',
      trees: ['installed'],
      files: [
        { directory: `${database}/info`, suffix: '.md5sums' },
        { directory: `${database}/status.d`, suffix: '.md5sums' },
      ],
      // Files that are not known as a package's own are looked at more closely, not less.
      onFailure: 'note',
      load: async () => (await import('./files.ts')).catalogFiles,
    },
    {
      id: 'dpkg-license',
      version: 1,
      title: 'Debian copyright files',
      trees: ['installed'],
      files: [{ directory: 'usr/share/doc', suffix: '/copyright' }],
      accepts: ({ path }) => path.split('/').length === 5,
      onFailure: 'note',
      load: async () => (await import('./copyright.ts')).catalogCopyright,
    },
  ],
};
