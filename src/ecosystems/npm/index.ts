import type { FileHead, LanguageEcosystem } from '../../core/index.ts';
import { addLicenses } from './licenses.ts';

/** npm packages, installed and as lock files list them. */
export const npm: LanguageEcosystem = {
  kind: 'language',
  id: 'npm',
  title: 'npm (Node.js)',
  versionScheme: 'npm',
  advisories: 'npm',
  osv: 'npm',
  advisoryName: (name) => name.toLowerCase(),
  resultTypes: [{ type: 'node-pkg', aggregate: 'Node.js', yieldsToSystem: true }, { type: 'npm' }],
  purl: ({ name, version }) => {
    const lower = name.toLowerCase();
    const slash = lower.lastIndexOf('/');
    return { type: 'npm', namespace: lower.slice(0, Math.max(slash, 0)), name: lower.slice(slash + 1), version };
  },
  complete: addLicenses,
  catalogers: [
    {
      id: 'node-pkg',
      version: 1,
      title: 'npm package',
      trees: ['installed'],
      files: [{ basename: 'package.json' }],
      onFailure: 'note',
      load: async () => (await import('./package-json.ts')).catalogPackageJson,
    },
    {
      id: 'npm',
      version: 1,
      title: 'npm lock file',
      trees: ['project'],
      files: [{ basename: 'package-lock.json' }, { basename: 'npm-shrinkwrap.json' }],
      // Packages bring the lock files of their own development along.
      accepts: (head) => !isInstalled(head),
      onFailure: 'incomplete',
      load: async () => (await import('./lock-file.ts')).catalogLockFile,
    },
    {
      id: 'npm-license',
      version: 1,
      title: 'npm package licence',
      trees: ['project'],
      files: [{ basename: 'package.json' }],
      accepts: isInstalled,
      onFailure: 'note',
      load: async () => (await import('./package-json.ts')).catalogLicense,
    },
  ],
};

function isInstalled({ path }: FileHead): boolean {
  return `/${path}`.includes('/node_modules/');
}
