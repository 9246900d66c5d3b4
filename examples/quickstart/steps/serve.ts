import { join } from 'node:path';
import type { Logger } from '../../../src/core/index.ts';
import type { RunningServer } from '../../../src/net/index.ts';
import { loadRegistryServer } from '../../../src/oci/index.ts';

const silent: Logger = { debug: () => undefined, info: () => undefined, warn: () => undefined };

/** Starts a registry on loopback that keeps what is pushed below `out`. */
export async function startRegistry(out: string, port: number): Promise<RunningServer> {
  const { serveRegistry } = await loadRegistryServer();
  return serveRegistry({ directory: join(out, 'registry'), port, log: silent });
}
