import { makeDirectory } from '../../disk/index.ts';
import { type HttpHandler, type RunningServer, type ServeOptions, serveHttp } from '../../net/index.ts';
import { describeExchange } from './access-log.ts';
import { diskStorage, sweepDiskStorage } from './disk-storage.ts';
import { makeRegistry, type RegistryOptions } from './handler.ts';
import type { PasswordHashes } from './htpasswd.ts';
import { requireLogin } from './login.ts';
import { memoryStorage } from './memory-storage.ts';

export { makeRegistry } from './handler.ts';
export { parseHtpasswd } from './htpasswd.ts';
export { memoryStorage } from './memory-storage.ts';
export type { Storage } from './storage.ts';

export interface RegistryServerOptions extends Omit<ServeOptions, 'onExchange'>, RegistryOptions {
  /** Directory that keeps what is pushed; memory when left out. */
  readonly directory?: string;
  /** Who may ask at all; everybody when left out. */
  readonly passwords?: PasswordHashes;
}

/** Runs an OCI registry in this process. @throws NET_LISTEN_FAILED, NET_CERTIFICATE_INVALID, DISK_UNWRITABLE */
export async function serveRegistry(options: RegistryServerOptions): Promise<RunningServer> {
  const { directory, passwords, log } = options;
  if (directory !== undefined) await prepareDisk(directory, options);
  const registry = makeRegistry(directory === undefined ? memoryStorage() : diskStorage(directory), options);
  const handler: HttpHandler = passwords === undefined ? registry.handle : requireLogin(registry.handle, passwords);
  const server = await serveHttp(handler, {
    ...options,
    onExchange: (exchange) => log.info('Request', describeExchange(exchange)),
  });
  return {
    ...server,
    async close() {
      await server.close();
      await registry.close();
    },
    async drain(milliseconds) {
      await server.drain(milliseconds);
      await registry.close();
    },
  };
}

async function prepareDisk(directory: string, { readOnly, clock }: RegistryServerOptions): Promise<void> {
  if (readOnly === true) return;
  await makeDirectory(directory);
  await sweepDiskStorage(directory, (clock?.now() ?? new Date()).getTime());
}
