import type { CatalogerDescriptor, FileHead, LanguageEcosystem } from '../../core/index.ts';
import { addLicenses } from './licenses.ts';

/** Files that Python's own packages bring and no package manager lists where it is removed after the installation. */
const ofSystem: readonly string[] = [
  'usr/lib/python2.7/argparse.egg-info',
  'usr/lib/python2.7/lib-dynload/Python-2.7.egg-info',
  'usr/lib/python2.7/wsgiref.egg-info',
];

const licenseNames: readonly string[] = ['LICENSE', 'LICENCE', 'COPYING', 'NOTICE'].flatMap((name) =>
  ['', '.txt', '.md', '.rst'].map((extension) => `${name}${extension}`),
);

/** Python packages, installed and as requirements list them. */
export const python: LanguageEcosystem = {
  kind: 'language',
  id: 'python',
  title: 'Python',
  versionScheme: 'pep440',
  advisories: 'pip',
  osv: 'PyPI',
  advisoryName: normalizeName,
  resultTypes: [{ type: 'python-pkg', aggregate: 'Python', yieldsToSystem: true }, { type: 'pip' }],
  purl: ({ name, version }) => ({ type: 'pypi', name: normalizeName(name), version }),
  complete: addLicenses,
  catalogers: [
    {
      id: 'python-pkg',
      version: 1,
      title: 'Python package',
      trees: ['installed'],
      files: [{ basename: 'METADATA' }, { basename: 'PKG-INFO' }, { suffix: '.egg-info' }],
      accepts: isMetadata,
      onFailure: 'incomplete',
      load: async () => (await import('./metadata.ts')).catalogMetadata,
    },
    {
      id: 'python-egg',
      version: 1,
      title: 'Python egg',
      trees: ['installed', 'project'],
      files: [{ suffix: '.egg' }],
      onFailure: 'incomplete',
      load: async () => (await import('./egg.ts')).catalogEgg,
    },
    {
      id: 'python-license',
      version: 1,
      title: 'Python package licence',
      trees: ['installed'],
      files: licenseNames.map((basename) => ({ basename })),
      accepts: ({ path }) => /\.dist-info\/[^/]*$/.test(path),
      onFailure: 'note',
      load: async () => (await import('./metadata.ts')).catalogLicense,
    },
    requirements(),
  ],
};

/** PyPI takes these as one name (purl-spec, "pypi"). */
function normalizeName(name: string): string {
  return name.toLowerCase().replaceAll('_', '-');
}

/** Wheels leave `.dist-info/METADATA`; eggs `.egg-info`, as a file or a directory, or `EGG-INFO` (Core metadata). */
function isMetadata({ path }: FileHead): boolean {
  if (path.endsWith('METADATA')) return path.includes('.dist-info');
  return (
    (path.endsWith('.egg-info') || /(?:^|\/)(?:EGG-INFO|[^/]*\.egg-info)\/PKG-INFO$/.test(path)) &&
    !ofSystem.includes(path)
  );
}

function requirements(): CatalogerDescriptor {
  return {
    id: 'pip',
    version: 1,
    title: 'Python requirements',
    trees: ['project'],
    files: [{ basename: 'requirements.txt' }],
    onFailure: 'incomplete',
    load: async () => (await import('./requirements.ts')).catalogRequirements,
  };
}
