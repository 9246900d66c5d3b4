import type { KeyStore } from '../store.ts';

/** Secrets of GitHub Actions, which can be written only. */
export const github: KeyStore = {
  id: 'github',
  title: 'GitHub Actions',
  load: async () => (await import('./secrets.ts')).findSecrets,
};
