import type { LanguageEcosystem } from '../../core/index.ts';

/** Java archives, identified by their metadata and the Java database. */
export const java: LanguageEcosystem = {
  kind: 'language',
  id: 'java',
  title: 'Java',
  versionScheme: 'maven',
  advisories: 'maven',
  osv: 'Maven',
  advisoryName: (name) => name.toLowerCase(),
  resultTypes: [{ type: 'jar', aggregate: 'Java' }],
  purl: ({ name, version }) => {
    const [group = '', artifact] = name.split(':');
    return artifact === undefined
      ? { type: 'maven', name: group, version }
      : { type: 'maven', namespace: group, name: artifact, version };
  },
  identities: 'java-db',
  loadResolver: async () => (await import('./resolve.ts')).resolveArchive,
  catalogers: [
    {
      id: 'jar',
      version: 1,
      title: 'Java archive',
      trees: ['installed'],
      files: ['.jar', '.war', '.ear', '.par'].map((suffix) => ({ suffix, ignoreCase: true as const })),
      onFailure: 'incomplete',
      load: async () => (await import('./catalog.ts')).catalogArchive,
    },
  ],
};
