import type { LanguageEcosystem, PackageUrl } from '../../core/index.ts';
import { addSums } from './sums.ts';

/** Go modules, from programs that carry their build information and from module files. */
export const go: LanguageEcosystem = {
  kind: 'language',
  id: 'go',
  title: 'Go',
  versionScheme: 'go',
  advisories: 'go',
  osv: 'Go',
  advisoryName: (name) => name,
  resultTypes: [{ type: 'gobinary', yieldsToSystem: true }, { type: 'gomod' }],
  purl: toPurl,
  complete: addSums,
  catalogers: [
    {
      id: 'gobinary',
      version: 1,
      title: 'Go program',
      trees: ['installed'],
      files: [{ executable: true }, { suffix: '.exe' }],
      // ELF, Mach-O (plain, and for several machines), PE.
      magic: ['7f454c46', 'feedface', 'feedfacf', 'cefaedfe', 'cffaedfe', 'cafebabe', '4d5a'],
      onFailure: 'incomplete',
      load: async () => (await import('./program.ts')).catalogProgram,
    },
    {
      id: 'gomod',
      version: 1,
      title: 'Go module file',
      trees: ['project'],
      files: [{ basename: 'go.mod' }],
      onFailure: 'incomplete',
      load: async () => (await import('./module-file.ts')).catalogModuleFile,
    },
    {
      id: 'gosum',
      version: 1,
      title: 'Go checksum file',
      trees: ['project'],
      files: [{ basename: 'go.sum' }],
      onFailure: 'incomplete',
      load: async () => (await import('./sum-file.ts')).catalogSumFile,
    },
  ],
};

/** Module paths are compared without regard to case; a path in the file system names no package. */
function toPurl({ name, version }: { readonly name: string; readonly version: string }): PackageUrl | undefined {
  if (name.startsWith('./') || name.startsWith('../')) return undefined;
  const lower = name.toLowerCase();
  const slash = lower.lastIndexOf('/');
  return { type: 'golang', namespace: lower.slice(0, Math.max(slash, 0)), name: lower.slice(slash + 1), version };
}
