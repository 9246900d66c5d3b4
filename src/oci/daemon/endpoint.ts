import { ociError } from '../errors.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** Where a daemon listens. */
export type DaemonEndpoint =
  | { readonly kind: 'unix'; readonly path: string }
  | { readonly kind: 'tcp'; readonly host: string; readonly tls?: DaemonTls };

/** How a daemon behind TLS is known, and this side to it. */
export interface DaemonTls {
  /** Directory with ca.pem, cert.pem and key.pem, each as far as it is there. */
  readonly directory?: string;
  /** Whether the daemon's certificate is checked. */
  readonly verify: boolean;
}

/** What is looked for where nothing is said: the first that exists. */
export interface EndpointChoice {
  readonly endpoints: readonly DaemonEndpoint[];
  /** Where the choice comes from, for messages. */
  readonly from: string;
}

/** Reads `unix://PATH`, `tcp://HOST:PORT` and their like (docker "DOCKER_HOST"). @throws OCI_DAEMON_ENDPOINT */
export function parseDaemonHost(text: string, tls?: DaemonTls): DaemonEndpoint {
  const [, scheme = '', rest = ''] = /^([a-z]+):\/\/(.*)$/.exec(text) ?? [];
  const isSecure = scheme === 'https' || tls !== undefined;
  if (scheme === 'unix' && rest.startsWith('/')) return { kind: 'unix', path: rest };
  if (/^(tcp|https?)$/.test(scheme) && URL.canParse(`http://${rest}`)) {
    const { host, port } = new URL(`http://${rest}`);
    const whole = port === '' ? `${host}:${isSecure ? 2376 : 2375}` : host;
    return { kind: 'tcp', host: whole, ...(isSecure && { tls: tls ?? { verify: true } }) };
  }
  const reason = 'only unix:// and tcp:// addresses are known';
  throw ociError('OCI_DAEMON_ENDPOINT', { data: { endpoint: text.slice(0, 200), reason } });
}

/** podman's service: CONTAINER_HOST, or the user's or the system's socket (podman-system-service(1)). @throws OCI_DAEMON_ENDPOINT */
export function podmanEndpoints({ CONTAINER_HOST: host, XDG_RUNTIME_DIR: runtime }: Environment): EndpointChoice {
  if (host) return { endpoints: [parseDaemonHost(host)], from: 'CONTAINER_HOST' };
  const own = runtime ? [`${runtime}/podman/podman.sock`] : [];
  return { endpoints: [...own, '/run/podman/podman.sock'].map(toUnix), from: 'the usual places' };
}

export function toUnix(path: string): DaemonEndpoint {
  return { kind: 'unix', path };
}

export function formatEndpoint(endpoint: DaemonEndpoint): string {
  return endpoint.kind === 'unix' ? endpoint.path : endpoint.host;
}
