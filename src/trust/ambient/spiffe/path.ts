import type { Surroundings } from '../provider.ts';

/** The socket of the agent; `unix://` before it is left out. */
export function socketPath({ environment }: Surroundings): string {
  return (environment['SPIFFE_ENDPOINT_SOCKET'] || '/tmp/spire-agent/public/api.sock').replace(/^unix:(?:\/\/)?/, '');
}
