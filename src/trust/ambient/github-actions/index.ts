import type { AmbientProvider } from '../provider.ts';

export const githubActions: AmbientProvider = {
  id: 'github-actions',
  title: 'A job of GitHub Actions with the permission `id-token: write`',
  isHere: ({ environment }) =>
    Boolean(environment['ACTIONS_ID_TOKEN_REQUEST_URL'] && environment['ACTIONS_ID_TOKEN_REQUEST_TOKEN']),
  load: async () => (await import('./token.ts')).askToken,
};
