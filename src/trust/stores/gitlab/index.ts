import type { KeyStore } from '../store.ts';

/** Variables of GitLab CI. */
export const gitlab: KeyStore = {
  id: 'gitlab',
  title: 'GitLab CI',
  load: async () => (await import('./variables.ts')).findVariables,
};
