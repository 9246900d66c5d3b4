import type { KmsScheme } from '../scheme.ts';

export const azurekms: KmsScheme = {
  id: 'azurekms',
  title: 'Azure Key Vault',
  load: async () => (await import('./key.ts')).findAzureKey,
};
