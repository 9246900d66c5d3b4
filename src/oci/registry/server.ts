import { type RunningServer, type ServeOptions, serveHttp } from '../../net/index.ts';
import { diskStorage, sweepDiskStorage } from './disk-storage.ts';
import { makeRegistry, type RegistryOptions } from './handler.ts';
import { memoryStorage } from './memory-storage.ts';

export { makeRegistry } from './handler.ts';
export { memoryStorage } from './memory-storage.ts';
export type { Storage } from './storage.ts';

export interface RegistryServerOptions extends ServeOptions, RegistryOptions {
  /** Directory that keeps what is pushed; memory when left out. */
  readonly directory?: string;
}

/** Runs an OCI registry in this process. @throws NET_LISTEN_FAILED, DISK_UNWRITABLE */
export async function serveRegistry(options: RegistryServerOptions): Promise<RunningServer> {
  const { directory } = options;
  if (directory !== undefined) await sweepDiskStorage(directory, Date.now());
  const registry = makeRegistry(directory === undefined ? memoryStorage() : diskStorage(directory), options);
  const server = await serveHttp(registry.handle, options);
  return {
    ...server,
    async close() {
      await server.close();
      await registry.close();
    },
  };
}
