import type { AmbientProvider } from '../provider.ts';
import { isGoogle } from './machine.ts';

export const googleWorkloadIdentity: AmbientProvider = {
  id: 'google-workload-identity',
  title: 'A machine or pod of Google Cloud, by its own account',
  isHere: isGoogle,
  load: async () => (await import('./token.ts')).askToken,
};
