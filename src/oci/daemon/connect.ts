import { join } from 'node:path';
import type { Fetch } from '../../core/index.ts';
import { statPath } from '../../disk/index.ts';
import { type FetchOptions, makeFetch } from '../../net/index.ts';
import { ociError } from '../errors.ts';
import { readOptional } from './docker-endpoint.ts';
import { type DaemonEndpoint, type EndpointChoice, formatEndpoint } from './endpoint.ts';

/** A way to a daemon. */
export interface DaemonConnection {
  readonly fetch: Fetch;
  /** What paths of the API are put behind. */
  readonly base: URL;
  /** How messages call the daemon. */
  readonly name: string;
}

/** Saving an image starts with work of the daemon that nobody sees. */
const idleTimeout = 10 * 60_000;

/** Connects to the first endpoint that is there. @throws OCI_DAEMON_ABSENT, DISK_UNREADABLE */
export async function connectDaemon(
  { endpoints, from }: EndpointChoice,
  allowedHosts: readonly string[] | undefined,
): Promise<DaemonConnection> {
  for (const endpoint of endpoints) {
    if (endpoint.kind === 'unix' && (await statPath(endpoint.path)) === undefined) continue;
    const options = { idleTimeout, ...(await toFetchOptions(endpoint, allowedHosts)) };
    return { fetch: makeFetch(options), base: baseOf(endpoint), name: formatEndpoint(endpoint) };
  }
  const tried = endpoints.map(formatEndpoint).join(', ');
  throw ociError('OCI_DAEMON_ABSENT', { data: { tried, from } });
}

function baseOf(endpoint: DaemonEndpoint): URL {
  if (endpoint.kind === 'unix') return new URL('http://localhost/');
  return new URL(`${endpoint.tls === undefined ? 'http' : 'https'}://${endpoint.host}/`);
}

async function toFetchOptions(
  endpoint: DaemonEndpoint,
  allowedHosts: readonly string[] | undefined,
): Promise<FetchOptions> {
  if (endpoint.kind === 'unix') return { socketPath: endpoint.path };
  const { host, tls } = endpoint;
  const read = async (name: string): Promise<string | undefined> =>
    tls?.directory === undefined ? undefined : (await readOptional(join(tls.directory, name)))?.toString('latin1');
  const [authority, certificate, key] = [await read('ca.pem'), await read('cert.pem'), await read('key.pem')];
  return {
    ...(allowedHosts !== undefined && { allowedHosts }),
    ...(authority !== undefined && { certificateAuthorities: [authority] }),
    ...(certificate !== undefined && key !== undefined && { clientCertificates: { [host]: { certificate, key } } }),
    ...(tls?.verify === false && { insecureHosts: [host] }),
  };
}
