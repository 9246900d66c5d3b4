import { statPath } from '../../../disk/index.ts';
import type { AmbientProvider } from '../provider.ts';
import { socketPath } from './path.ts';

export const spiffe: AmbientProvider = {
  id: 'spiffe',
  title: 'A workload of SPIFFE, by the socket of its agent (`SPIFFE_ENDPOINT_SOCKET`)',
  isHere: async (surroundings) => (await statPath(socketPath(surroundings))) !== undefined,
  load: async () => (await import('./token.ts')).askToken,
};
