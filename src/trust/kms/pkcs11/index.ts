import type { KmsScheme } from '../scheme.ts';

/** Keys in hardware: cards, sticks and security modules (PKCS #11 2.40). */
export const pkcs11: KmsScheme = {
  id: 'pkcs11',
  title: 'hardware by PKCS #11',
  load: async () => (await import('./key.ts')).findPkcs11Key,
};
