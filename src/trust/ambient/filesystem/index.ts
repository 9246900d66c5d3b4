import { statPath } from '../../../disk/index.ts';
import type { AmbientProvider } from '../provider.ts';
import { tokenPath } from './path.ts';

export const filesystem: AmbientProvider = {
  id: 'filesystem',
  title: 'The file `/var/run/sigstore/cosign/oidc-token`, as pods have it mounted',
  isHere: async (surroundings) => (await statPath(tokenPath(surroundings))) !== undefined,
  load: async () => (await import('./token.ts')).askToken,
};
