import type { PackageFormat } from '../../core/index.ts';
import { purlNamespaces } from './data.ts';

const directories: readonly string[] = ['var/lib/rpm', 'usr/lib/sysimage/rpm', 'usr/share/rpm'];
/** One name for each of rpm's database formats: SQLite, ndb, Berkeley DB. */
const databases: readonly string[] = ['rpmdb.sqlite', 'Packages.db', 'Packages'];

/** Packages of rpm, the package format of Red Hat's, SUSE's and other distributions. */
export const rpm: PackageFormat = {
  kind: 'package-format',
  id: 'rpm',
  title: 'rpm packages',
  versionScheme: 'rpm',
  purl: (pkg, os) => ({
    type: 'rpm',
    ...(os !== undefined && { namespace: purlNamespaces[os.family] ?? os.family }),
    name: pkg.name,
    version: pkg.release === undefined ? pkg.version : `${pkg.version}-${pkg.release}`,
    qualifiers: {
      arch: pkg.arch,
      distro: os && `${os.family}-${os.name}`,
      epoch: pkg.epoch?.toString(),
      modularitylabel: pkg.modularityLabel,
    },
  }),
  catalogers: [
    {
      id: 'rpm',
      version: 1,
      title: 'rpm database',
      trees: ['installed'],
      files: directories.flatMap((directory) => databases.map((name) => ({ path: `${directory}/${name}` }))),
      onFailure: 'incomplete',
      load: async () => (await import('./database.ts')).catalogDatabase,
    },
    {
      id: 'rpm-log',
      version: 1,
      title: 'rpm database log',
      trees: ['installed'],
      files: directories.map((directory) => ({ path: `${directory}/rpmdb.sqlite-wal` })),
      onFailure: 'incomplete',
      load: async () => (await import('./log.ts')).catalogLog,
    },
    {
      id: 'rpmqa',
      version: 1,
      title: 'rpm package list',
      trees: ['installed'],
      files: [{ path: 'var/lib/rpmmanifest/container-manifest-2' }],
      onFailure: 'incomplete',
      load: async () => (await import('./manifest.ts')).catalogManifest,
    },
  ],
};
