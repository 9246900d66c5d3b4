import { loadRegistryServer } from '../oci/index.ts';
import type { AppContext } from './context.ts';

/** How a registry is served; what is left out has the default of the command. */
export interface ServeRegistryInput {
  /** A name or address of this machine, and a port; 0 takes any that is free. */
  readonly address: string;
  readonly port: number;
  /** Directory that keeps what is pushed; memory when left out. */
  readonly directory?: string;
  /** Files in PEM; plain http when left out. */
  readonly tls?: { readonly certFile: string; readonly keyFile: string };
  /** Who may ask at all, as `htpasswd -B` writes it; everybody when left out. */
  readonly htpasswdFile?: string;
  readonly readOnly?: boolean;
  readonly allowDelete?: boolean;
  readonly allowSparse?: boolean;
  /** Bytes. */
  readonly maxBlobSize?: number;
  readonly maxUploads?: number;
  readonly maxConnections?: number;
  /** Milliseconds without a byte after which a connection is closed. */
  readonly idleTime?: number;
  /** Milliseconds after which an upload that nobody goes on with is forgotten. */
  readonly uploadIdleTime?: number;
}

/** A registry while it runs. */
export interface ServedRegistry {
  /** `http://address:port`. */
  readonly url: string;
  readonly port: number;
  /** Takes nothing new, and waits up to so many milliseconds for requests that are under way before it ends. */
  stop(milliseconds: number): Promise<void>;
}

const maxFileSize = 2 ** 20;

/** Serves an OCI registry until it is stopped; every request is logged. @throws NET_LISTEN_FAILED, NET_CERTIFICATE_INVALID, OCI_HTPASSWD_INVALID, DISK_* */
export async function serveRegistry(input: ServeRegistryInput, { clock, log }: AppContext): Promise<ServedRegistry> {
  const { readWhole } = await import('../disk/index.ts');
  const { parseHtpasswd, serveRegistry: serve } = await loadRegistryServer();
  const { tls, htpasswdFile, ...options } = input;
  const read = async (path: string): Promise<string> => (await readWhole(path, maxFileSize)).toString('utf8');
  const { host, port, drain } = await serve({
    ...options,
    clock,
    log,
    ...(tls !== undefined && { tls: { cert: await read(tls.certFile), key: await read(tls.keyFile) } }),
    ...(htpasswdFile !== undefined && { passwords: parseHtpasswd(await read(htpasswdFile), htpasswdFile) }),
  });
  return { url: `${tls === undefined ? 'http' : 'https'}://${host}`, port, stop: drain };
}
