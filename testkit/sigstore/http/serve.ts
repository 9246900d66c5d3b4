import { startHttp } from '../../server.ts';
import { type ServedStack, serviceStack } from './services.ts';

export type { ServedStack };

/** All services of a Sigstore deployment on one port of this machine, until the test ends. */
export function serveStack(): Promise<ServedStack> {
  return serviceStack(startHttp);
}
