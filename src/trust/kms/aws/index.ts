import type { KmsScheme } from '../scheme.ts';

export const awskms: KmsScheme = {
  id: 'awskms',
  title: 'AWS KMS',
  load: async () => (await import('./key.ts')).findAwsKey,
};
