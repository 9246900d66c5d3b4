import type { AmbientProvider } from '../provider.ts';

export const googleImpersonate: AmbientProvider = {
  id: 'google-impersonate',
  title:
    'The account of Google Cloud in `GOOGLE_SERVICE_ACCOUNT_NAME`, which the own account of a machine may stand for',
  isHere: ({ environment }) => Boolean(environment['GOOGLE_SERVICE_ACCOUNT_NAME']),
  load: async () => (await import('./token.ts')).askToken,
};
