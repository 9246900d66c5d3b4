import { type RunningServer, type ServeOptions, serveHttp } from '../../net/index.ts';
import { makeRegistryHandler } from './handler.ts';
import { diskStorage, memoryStorage } from './storage.ts';

export { makeRegistryHandler } from './handler.ts';
export { diskStorage, memoryStorage, type Storage } from './storage.ts';

export interface RegistryServerOptions extends ServeOptions {
  /** Directory that keeps what is pushed; memory when left out. */
  readonly directory?: string;
}

/** Runs an OCI registry in this process. @throws NET_LISTEN_FAILED */
export async function serveRegistry(options: RegistryServerOptions): Promise<RunningServer> {
  const storage = options.directory === undefined ? memoryStorage() : diskStorage(options.directory);
  return serveHttp(makeRegistryHandler(storage), options);
}
