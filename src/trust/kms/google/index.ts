import type { KmsScheme } from '../scheme.ts';

export const gcpkms: KmsScheme = {
  id: 'gcpkms',
  title: 'Google Cloud KMS',
  load: async () => (await import('./key.ts')).findGoogleKey,
};
