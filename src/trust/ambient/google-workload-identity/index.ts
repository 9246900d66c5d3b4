import { isGoogle } from '../google-metadata.ts';
import type { AmbientProvider } from '../provider.ts';

export const googleWorkloadIdentity: AmbientProvider = {
  id: 'google-workload-identity',
  title: 'A machine or pod of Google Cloud, by its own account',
  isHere: isGoogle,
  load: async () => (await import('./token.ts')).askToken,
};
