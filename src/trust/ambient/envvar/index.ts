import type { AmbientProvider } from '../provider.ts';

export const envvar: AmbientProvider = {
  id: 'envvar',
  title: 'The variable `SIGSTORE_ID_TOKEN`, which GitLab fills by `id_tokens`',
  isHere: ({ environment }) => Boolean(environment['SIGSTORE_ID_TOKEN']),
  load: async () => (await import('./token.ts')).askToken,
};
